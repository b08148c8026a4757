"""Pipelines and their stages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from sandbox.crm.object_types import DEAL, TICKET, ObjectType
from sandbox.errors import ApiError, not_found
from sandbox.times import iso, now_ms


@dataclass
class Stage:
    """One column of a board. Times are Unix milliseconds."""

    id: str
    label: str
    display_order: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    created_ms: int = field(default_factory=now_ms)
    updated_ms: int = field(default_factory=now_ms)

    def as_json(self) -> dict[str, Any]:
        """The stage in HubSpot's shape."""
        return {
            "label": self.label,
            "displayOrder": self.display_order,
            "metadata": self.metadata,
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.updated_ms),
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
            "archived": False,
            "id": self.id,
        }


@dataclass
class Pipeline:
    """A board of stages, in order."""

    id: str
    label: str
    display_order: int = 0
    stages: dict[str, Stage] = field(default_factory=dict)
    created_ms: int = field(default_factory=now_ms)
    updated_ms: int = field(default_factory=now_ms)

    def ordered(self) -> list[Stage]:
        """Stages as they stand on the board, left to right."""
        return sorted(self.stages.values(), key=lambda stage: stage.display_order)

    def stage(self, stage_id: str) -> Stage:
        """One stage. Raises ``ApiError`` 404 when there is none."""
        found = self.stages.get(stage_id)
        if found is None:
            raise not_found(f"Pipeline stage {stage_id} does not exist in {self.id}")
        return found

    def as_json(self) -> dict[str, Any]:
        """The pipeline in HubSpot's shape."""
        return {
            "label": self.label,
            "displayOrder": self.display_order,
            "id": self.id,
            "stages": [stage.as_json() for stage in self.ordered()],
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.updated_ms),
            "archived": False,
        }


_TICKET_STAGES = (
    ("1", "New", "OPEN"),
    ("2", "Waiting on contact", "OPEN"),
    ("3", "Waiting on us", "OPEN"),
    ("4", "Closed", "CLOSED"),
)
_DEAL_STAGES = (
    ("appointmentscheduled", "Appointment scheduled", "0.2"),
    ("qualifiedtobuy", "Qualified to buy", "0.4"),
    ("presentationscheduled", "Presentation scheduled", "0.6"),
    ("closedwon", "Closed won", "1.0"),
    ("closedlost", "Closed lost", "0.0"),
)


class Pipelines:
    """The pipelines of tickets and of deals."""

    def __init__(self, seed: int) -> None:
        self._die = random.Random(seed)
        tickets = Pipeline("0", "Support Pipeline")
        for order, (stage_id, label, state) in enumerate(_TICKET_STAGES):
            tickets.stages[stage_id] = Stage(stage_id, label, order, ticket_metadata(state))
        deals = Pipeline("default", "Sales Pipeline")
        for order, (stage_id, label, chance) in enumerate(_DEAL_STAGES):
            deals.stages[stage_id] = Stage(stage_id, label, order, deal_metadata(chance))
        self._pipelines = {TICKET.id: {"0": tickets}, DEAL.id: {"default": deals}}

    def of(self, kind: ObjectType) -> dict[str, Pipeline]:
        """Pipelines by id. Raises ``ApiError`` 400 for a kind that has none."""
        if kind.id not in self._pipelines:
            raise ApiError(400, f"{kind.plural} have no pipelines")
        return self._pipelines[kind.id]

    def get(self, kind: ObjectType, pipeline_id: str) -> Pipeline:
        """One pipeline. Raises ``ApiError`` 404 when there is none."""
        found = self.of(kind).get(pipeline_id)
        if found is None:
            raise not_found(f"Pipeline {pipeline_id} does not exist")
        return found

    def default(self, kind: ObjectType) -> Pipeline:
        """The pipeline that a record falls into when it names none."""
        return next(iter(self.of(kind).values()))

    def new_id(self) -> str:
        """An id that nobody could have guessed, as HubSpot gives."""
        return str(self._die.randrange(100_000_000, 2_000_000_000))


def ticket_metadata(state: str) -> dict[str, str]:
    """A ticket stage's metadata; ``state`` is OPEN or CLOSED."""
    return {"ticketState": state, "isClosed": str(state == "CLOSED").lower()}


def deal_metadata(probability: str) -> dict[str, str]:
    """A deal stage's metadata; closed at either end of the probability."""
    return {
        "probability": probability,
        "isClosed": str(float(probability) in {0.0, 1.0}).lower(),
    }
