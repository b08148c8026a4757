"""What of ours there is in the HubSpot account, as far as we know: stages and properties."""

import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.errors import NotSetUp, Refused
from casework.stages import MEANINGS, PIPELINE_LABEL, Stage
from integrations.hubspot.batches import dicts_in
from integrations.hubspot.calls import LIST_PIPELINES, LIST_PROPERTIES
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import SERVICE
from integrations.hubspot.objects import OPTIONAL, PROPERTIES, CrmObject

log = logging.getLogger(__name__)

#: For how many seconds an optional property that is not there is left out of what we write.
_LEFT_OUT_FOR = 60.0
#: One of our stages is not there, which only matters to the rows that need it.
STAGE_MISSING = "STAGE_MISSING"
_ABOUT_STAGES = re.compile(r"STAGE|PIPELINE|INVALID_OPTION|VALIDATION_ERROR")
_ABOUT_PROPERTIES = re.compile(r"PROPERTY|VALIDATION_ERROR")


@dataclass(frozen=True)
class StageIds:
    """The pipeline's id and its stages'."""

    pipeline: str
    by_stage: Mapping[Stage, str]


class Account:
    """Finds our stages and properties, and looks again when HubSpot refuses one of them.

    Stages are bound to their ids; their labels, which staff may change, only find them when no ids
    are configured.
    """

    def __init__(
        self,
        client: HubSpotClient,
        crm_object: CrmObject,
        pipeline_id: str = "",
        stage_ids: Mapping[Stage, str] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._object, self._clock = client, crm_object, clock
        self._pipeline_id = pipeline_id
        self._configured = StageIds(pipeline_id, stage_ids) if stage_ids and pipeline_id else None
        self._stages: StageIds | None = self._configured
        self._missing: frozenset[str] = frozenset()
        self._missing_until = 0.0

    def get_stages(self) -> StageIds:
        """The ids. Raises :class:`NotSetUp` where the pipeline or one of its stages is missing."""
        if self._stages is None:
            self._stages = self._read_stages()
        return self._stages

    def stage_of(self, stage_id: str) -> Stage | None:
        """Which of our stages this is, as far as is known without a call."""
        by_stage = self._stages.by_stage if self._stages else {}
        return next((stage for stage, known in by_stage.items() if known == stage_id), None)

    def without_missing(self, properties: Mapping[str, str]) -> dict[str, str]:
        """What can be written: a ticket without its status is better than no ticket."""
        if self._clock() >= self._missing_until:
            self._missing = frozenset()
        return {name: value for name, value in properties.items() if name not in self._missing}

    def look_again(self, refusals: Iterable[Refused]) -> None:
        """Look up anew what the refusals speak of, so that rows made now may fare better.

        Raises :class:`NotSetUp` where something is missing that we cannot do without.
        """
        codes = {refusal.code for refusal in refusals}
        if any(map(_ABOUT_PROPERTIES.search, codes)):
            self._look_at_properties()
        if any(map(_ABOUT_STAGES.search, codes)):
            found = self._read_stages()
            self._stages = self._configured or found

    def _look_at_properties(self) -> None:
        listed = self._client.call(LIST_PROPERTIES, objects=self._object.plural)
        there = {str(found.get("name")) for found in dicts_in(listed, "results")}
        missing = frozenset(ours.name for ours in PROPERTIES) - there
        if needed := sorted(missing - OPTIONAL):
            raise NotSetUp(SERVICE, "use our properties", needed[0])
        if missing:
            log.warning("HubSpot lacks %s: run `desk setup`", ", ".join(sorted(missing)))
        self._missing, self._missing_until = missing, self._clock() + _LEFT_OUT_FOR

    def _read_stages(self) -> StageIds:
        listed = self._client.call(LIST_PIPELINES, objects=self._object.plural)
        pipeline = find_pipeline(dicts_in(listed, "results"), self._pipeline_id)
        if pipeline is None:
            raise NotSetUp(SERVICE, "find our pipeline", "PIPELINE_MISSING")
        configured = self._configured.by_stage if self._configured else None
        by_stage = find_stages(pipeline, configured)
        if missing := [stage for stage in MEANINGS if stage not in by_stage]:
            raise NotSetUp(SERVICE, "find our stages", f"{STAGE_MISSING}:{missing[0]}")
        return StageIds(str(pipeline["id"]), by_stage)


def find_pipeline(pipelines: Iterable[dict[str, Any]], configured_id: str) -> dict[str, Any] | None:
    """The pipeline with this id, or by our label where no id is configured."""
    if configured_id:
        return next((found for found in pipelines if str(found.get("id")) == configured_id), None)
    return next((found for found in pipelines if _is(found, PIPELINE_LABEL)), None)


def find_stages(
    pipeline: Mapping[str, Any], configured: Mapping[Stage, str] | None
) -> dict[Stage, str]:
    """The ids of those of our stages that are there: the configured ones, or by their labels."""
    there = list(dicts_in(pipeline, "stages"))
    ids = {str(found.get("id")) for found in there}
    if configured:
        return {stage: known for stage, known in configured.items() if known in ids}
    labels = ((stage, meaning.label) for stage, meaning in MEANINGS.items())
    return {
        stage: str(found["id"]) for stage, label in labels for found in there if _is(found, label)
    }


def _is(labelled: Mapping[str, Any], label: str) -> bool:
    return str(labelled.get("label", "")).strip().casefold() == label.casefold()
