"""Whatever happens in whatever order: nothing lost, nothing twice."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.reliability.any_order import AnyOrder

#: So many stories; sixty, always the same ones, unless another number is asked for.
EXAMPLES = os.environ.get("RELIABILITY_EXAMPLES")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What fails on purpose would be logged thousands of times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=int(EXAMPLES or "60"),
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=EXAMPLES is None,
    print_blob=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
