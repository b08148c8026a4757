"""Whatever happens, and however old the backup: nothing lost, nothing twice."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.reliability.restored_any_order import RestoredAnyOrder

#: So many stories; thirty, always the same ones, unless another number is asked for.
EXAMPLES = os.environ.get("RELIABILITY_EXAMPLES")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What fails on purpose would be logged thousands of times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


TestRestoredAnyOrder = RestoredAnyOrder.TestCase
TestRestoredAnyOrder.settings = settings(
    max_examples=int(EXAMPLES or "30"),
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=EXAMPLES is None,
    print_blob=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
