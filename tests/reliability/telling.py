"""How stories in any order are told: always the same ones, unless a number of them is asked for."""

import os

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = os.environ.get("RELIABILITY_EXAMPLES")


def told(stories: int) -> settings:
    """So many, of forty steps; or as many as ``RELIABILITY_EXAMPLES`` says, made up anew."""
    return settings(
        max_examples=int(EXAMPLES or stories),
        stateful_step_count=40,
        deadline=None,
        database=None,
        derandomize=EXAMPLES is None,
        print_blob=True,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
