"""What every test needs: that the one before left the log as it was."""

from collections.abc import Iterator

import pytest

from casework.egress_log import all_handlers


@pytest.fixture(autouse=True)
def _log_is_not_guarded_for_ever() -> Iterator[None]:
    """A service that is made within a test guards pytest's own handlers, with a store that goes."""
    before = {handler: handler.formatter for handler in all_handlers()}
    yield
    for handler in all_handlers():
        handler.setFormatter(before.get(handler))
