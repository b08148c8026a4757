"""The stages of a request, and what each means, in one table."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a request stands. The values are the words of the setting ``CRM_STAGES``."""

    NEW = "new"
    NEEDS_ATTENTION = "needs_attention"
    ASKED = "asked"
    REPLIED = "replied"
    APPROVED = "approved"
    CREDITED = "credited"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Meaning:
    """What a stage looks like in the CRM."""

    label: str
    closed: bool
    #: For a pipeline of deals, which asks for one: how likely credits are, "0.0" to "1.0".
    probability: str


#: In the order in which they stand in the pipeline.
MEANINGS: dict[Stage, Meaning] = {
    Stage.NEW: Meaning("New", closed=False, probability="0.2"),
    Stage.NEEDS_ATTENTION: Meaning("Needs attention", closed=False, probability="0.2"),
    Stage.ASKED: Meaning("Asked organisation", closed=False, probability="0.4"),
    Stage.REPLIED: Meaning("Organisation replied", closed=False, probability="0.6"),
    Stage.APPROVED: Meaning("Approved", closed=False, probability="0.9"),
    Stage.CREDITED: Meaning("Credits added", closed=True, probability="1.0"),
    Stage.DECLINED: Meaning("Declined", closed=True, probability="0.0"),
    Stage.WITHDRAWN: Meaning("Withdrawn", closed=True, probability="0.0"),
}

PIPELINE_LABEL = "Credit requests"

#: From where a reply moves a ticket on. Anything further is somebody's decision already.
WAITING_FOR_REPLY = frozenset({Stage.NEW, Stage.ASKED})

#: Staff decide everything else; these moves are the service's own.
OPEN_STAGES = tuple(stage for stage, meaning in MEANINGS.items() if not meaning.closed)
