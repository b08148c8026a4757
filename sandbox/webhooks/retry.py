"""When a delivery is tried again: the two opposite rules of HubSpot.

Reference: https://developers.hubspot.com/docs/api-reference/error-handling
"""

from __future__ import annotations

import random
from dataclasses import dataclass

MINUTES_A_DAY = 24 * 60
# 10 tries after the first, spread over a day.
CRM_MINUTES = (1, 3, 10, 30, 60, 120, 180, 240, 300, 360)
LONGEST_WORKFLOW_GAP = 8 * 60
WORKFLOW_DAYS = 3


@dataclass(frozen=True)
class Answer:
    """What came back; ``status`` 0 means that nothing did."""

    status: int
    retry_after: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the service took the delivery."""
        return 200 <= self.status < 300


def crm_retry_minutes(attempt: int, answer: Answer) -> float | None:
    """Minutes until an app webhook is tried again after try ``attempt`` (from 0), or never.

    Anything that is not a success counts, a 4xx too; the gaps have jitter.
    """
    if answer.accepted or attempt >= len(CRM_MINUTES):
        return None
    return CRM_MINUTES[attempt] * random.uniform(0.9, 1.1)


def workflow_retry_minutes(attempt: int, answer: Answer) -> float | None:
    """Minutes until a workflow webhook is tried again, or never.

    No answer and 5xx are tried again for three days; a 4xx never is, except 429.
    """
    if 0 < answer.status < 500 and answer.status != 429:
        return None
    gaps = [min(2**step, LONGEST_WORKFLOW_GAP) for step in range(attempt + 1)]
    return None if sum(gaps) > WORKFLOW_DAYS * MINUTES_A_DAY else float(gaps[-1])
