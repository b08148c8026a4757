"""Prepares an account for Credits Desk: properties, pipeline and stages. May be run again.

What is there already is left as it is; two set-ups at once do no harm.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from casework.errors import OutsideError, Refused
from casework.stages import MEANINGS, PIPELINE_LABEL, Meaning, Stage
from integrations.hubspot.account import find_pipeline, find_stages
from integrations.hubspot.batches import dicts_in
from integrations.hubspot.calls import (
    LIST_GROUPS,
    LIST_PIPELINES,
    LIST_PROPERTIES,
    MAKE_GROUP,
    MAKE_PIPELINE,
    MAKE_PROPERTY,
    MAKE_STAGE,
    Call,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NO_SUCH_ADDRESS
from integrations.hubspot.objects import (
    COMPANIES,
    COMPANY_PROPERTIES,
    CONTACT_PROPERTIES,
    CONTACTS,
    PROPERTIES,
    PROPERTY_GROUP,
    PROPERTY_GROUP_LABEL,
    CrmObject,
    Property,
)

_GIVE_SCOPE = "the app may not do this: give it the scope, then run this again"
_NOT_THERE = "it is not there: run `desk setup`"
#: What to do about errors that are about one thing only, by their code.
_ADVICE = {
    NO_SUCH_ADDRESS: "HubSpot has no such address: check HUBSPOT_BASE_URL, or make it by hand",
    "403": _GIVE_SCOPE,
    "MISSING_SCOPES": _GIVE_SCOPE,
}


class Finding(StrEnum):
    """How a thing stands after the set-up."""

    FOUND = "found"
    MADE = "made"
    WRONG = "wrong"


@dataclass(frozen=True)
class Line:
    """One line of the report. ``detail`` says what to do where something is wrong."""

    what: str
    finding: Finding
    detail: str = ""
    id: str = ""


@dataclass(frozen=True)
class SetUpReport:
    """What the set-up found and made, and the ids to which the service binds itself."""

    lines: tuple[Line, ...]
    pipeline_id: str
    stage_ids: Mapping[Stage, str]

    @property
    def ok(self) -> bool:
        """Whether the service can work with this account."""
        return all(line.finding is not Finding.WRONG for line in self.lines)


def set_up(
    client: HubSpotClient,
    crm_object: CrmObject,
    pipeline_id: str = "",
    stage_ids: Mapping[Stage, str] | None = None,
) -> SetUpReport:
    """Make what is missing, and report on everything, with what to do where something is wrong.

    A thing that HubSpot refuses, forbids, or has no address for is such a line. Raises
    :class:`~casework.errors.Unavailable` where HubSpot does not answer, does not know the token, or
    asks to wait: that would be the same for everything.
    """
    return _run(_SetUp(client, crm_object), crm_object, pipeline_id, stage_ids)


def look_up(
    client: HubSpotClient,
    crm_object: CrmObject,
    pipeline_id: str = "",
    stage_ids: Mapping[Stage, str] | None = None,
) -> SetUpReport:
    """The report of :func:`set_up`, with nothing made: what is missing is wrong."""
    return _run(_SetUp(client, crm_object, only_look=True), crm_object, pipeline_id, stage_ids)


def _run(
    run: "_SetUp",
    crm_object: CrmObject,
    pipeline_id: str,
    stage_ids: Mapping[Stage, str] | None,
) -> SetUpReport:
    lines = [*run.properties(crm_object.plural, PROPERTIES)]
    lines += run.properties(COMPANIES, COMPANY_PROPERTIES)
    lines += run.properties(CONTACTS, CONTACT_PROPERTIES)
    lines.append(run.pipeline(pipeline_id))
    if run.found_pipeline is None:
        return SetUpReport(tuple(lines), "", {})
    lines += run.stages(run.found_pipeline, stage_ids or {})
    return SetUpReport(tuple(lines), str(run.found_pipeline["id"]), run.stage_ids)


class _SetUp:
    def __init__(
        self, client: HubSpotClient, crm_object: CrmObject, *, only_look: bool = False
    ) -> None:
        self._client, self._object, self._only_look = client, crm_object, only_look
        self.stage_ids: dict[Stage, str] = {}
        self.found_pipeline: dict[str, Any] | None = None

    def properties(self, objects: str, all_ours: Iterable[Property]) -> Iterator[Line]:
        """Our properties of these objects, and the group in which they stand."""
        make_group = partial(self._group, objects)
        yield _or_wrong(f"property group {PROPERTY_GROUP} of {objects}", make_group)
        for ours in all_ours:
            yield _or_wrong(f"property {ours.name}", partial(self._property, objects, ours))

    def pipeline(self, configured_id: str) -> Line:
        """Find or make it; it is in ``found_pipeline`` then."""
        what = f"pipeline {configured_id or PIPELINE_LABEL}"
        return _or_wrong(what, lambda what: self._find_or_make_pipeline(what, configured_id))

    def _group(self, objects: str, what: str) -> Line:
        if self._named(LIST_GROUPS, PROPERTY_GROUP, objects):
            return Line(what, Finding.FOUND)
        body = {"name": PROPERTY_GROUP, "label": PROPERTY_GROUP_LABEL, "displayOrder": -1}
        refusal = self._make(MAKE_GROUP, body, objects)
        there = self._named(LIST_GROUPS, PROPERTY_GROUP, objects)
        return self._after_making(what, refusal, bool(there))

    def _property(self, objects: str, ours: Property, what: str) -> Line:
        there = self._named(LIST_PROPERTIES, ours.name, objects)
        if there:
            return _check_property(ours, there)
        refusal = self._make(MAKE_PROPERTY, _property_body(ours), objects)
        there = self._named(LIST_PROPERTIES, ours.name, objects)
        if there and refusal:
            return _check_property(ours, there)
        return self._after_making(what, refusal, bool(there))

    def _find_or_make_pipeline(self, what: str, configured_id: str) -> Line:
        self.found_pipeline = self._pipeline(configured_id)
        if self.found_pipeline:
            return Line(what, Finding.FOUND, id=str(self.found_pipeline["id"]))
        if configured_id:
            detail = "there is no such pipeline; set CRM_PIPELINE to the id of one that is there"
            return Line(what, Finding.WRONG, detail)
        refusal = self._make(MAKE_PIPELINE, self._pipeline_body(), self._object.plural)
        self.found_pipeline = self._pipeline("")
        if self.found_pipeline is None:
            return Line(what, Finding.WRONG, self._no_pipeline(refusal))
        finding = Finding.FOUND if refusal else Finding.MADE
        return Line(what, finding, id=str(self.found_pipeline["id"]))

    def stages(
        self, pipeline: Mapping[str, Any], configured: Mapping[Stage, str]
    ) -> Iterator[Line]:
        self.stage_ids = find_stages(pipeline, configured)
        pipeline_id = str(pipeline["id"])
        for order, stage in enumerate(MEANINGS):
            make = partial(self._stage, pipeline_id, order, stage, configured)
            yield _or_wrong(f"stage {stage}", make)

    def _stage(
        self, pipeline_id: str, order: int, stage: Stage, configured: Mapping[Stage, str], what: str
    ) -> Line:
        if stage in self.stage_ids:
            return Line(what, Finding.FOUND, id=self.stage_ids[stage])
        if configured:
            detail = f"the id given for {stage} in CRM_STAGES is not in pipeline {pipeline_id}"
            return Line(what, Finding.WRONG, detail, configured.get(stage, ""))
        body = self._stage_body(order, MEANINGS[stage])
        refusal = self._make(MAKE_STAGE, body, self._object.plural, pipeline=pipeline_id)
        there = self._pipeline(pipeline_id)
        found = find_stages(there, None).get(stage, "") if there else ""
        if found:
            self.stage_ids[stage] = found
        return self._after_making(what, refusal, bool(found), found)

    def _pipeline(self, configured_id: str) -> dict[str, Any] | None:
        listed = self._client.call(LIST_PIPELINES, objects=self._object.plural)
        return find_pipeline(dicts_in(listed, "results"), configured_id)

    def _named(self, call: Call, name: str, objects: str) -> dict[str, Any] | None:
        listed = self._client.call(call, objects=objects)
        return next((it for it in dicts_in(listed, "results") if it.get("name") == name), None)

    def _make(
        self, call: Call, body: Mapping[str, Any], objects: str, **path: str
    ) -> Refused | None:
        if self._only_look:
            return None
        try:
            self._client.call(call, body, (), objects=objects, **path)
        except Refused as refusal:
            return refusal
        return None

    def _after_making(self, what: str, refusal: Refused | None, there: bool, id: str = "") -> Line:
        """Refused and there all the same: somebody else was faster."""
        if there:
            return Line(what, Finding.FOUND if refusal else Finding.MADE, id=id)
        if self._only_look:
            return Line(what, Finding.WRONG, _NOT_THERE)
        code = refusal.code if refusal else "not listed afterwards"
        return Line(what, Finding.WRONG, f"HubSpot did not make it ({code}); make it by hand")

    def _no_pipeline(self, refusal: Refused | None) -> str:
        return _NOT_THERE if self._only_look else _no_more_pipelines(refusal)

    def _pipeline_body(self) -> dict[str, Any]:
        stages = [self._stage_body(order, it) for order, it in enumerate(MEANINGS.values())]
        return {"label": PIPELINE_LABEL, "displayOrder": 1, "stages": stages}

    def _stage_body(self, order: int, meaning: Meaning) -> dict[str, Any]:
        state = {"ticketState": "CLOSED" if meaning.closed else "OPEN"}
        chance = {"probability": meaning.probability}
        metadata = chance if self._object.stages_have_probability else state
        return {"label": meaning.label, "displayOrder": order, "metadata": metadata}


def _or_wrong(what: str, make: Callable[[str], Line]) -> Line:
    """The line, or one that says what is the matter with this thing alone."""
    try:
        return make(what)
    except OutsideError as error:
        advice = _ADVICE.get(error.code)
        if advice is None and not isinstance(error, Refused):
            raise
        return Line(what, Finding.WRONG, f"{error}; {advice or 'make it by hand'}")


def _check_property(ours: Property, there: Mapping[str, Any]) -> Line:
    what = f"property {ours.name}"
    if ours.unique and there.get("hasUniqueValue") is not True:
        detail = (
            "it is there but not unique, which HubSpot allows only when a property is made: "
            "archive it in HubSpot (Settings > Properties), then run this again"
        )
        return Line(what, Finding.WRONG, detail)
    if there.get("type") != ours.type:
        detail = f"it is there but not of the type {ours.type}: archive it, then run this again"
        return Line(what, Finding.WRONG, detail)
    return Line(what, Finding.FOUND)


def _property_body(ours: Property) -> dict[str, Any]:
    options = [
        {"value": value, "label": label, "displayOrder": order, "hidden": False}
        for order, (value, label) in enumerate(ours.options)
    ]
    return {
        **({"options": options} if options else {}),
        "groupName": PROPERTY_GROUP,
        "name": ours.name,
        "label": ours.label,
        "type": ours.type,
        "fieldType": ours.field_type,
        "description": ours.description,
        "hasUniqueValue": ours.unique,
    }


def _no_more_pipelines(refusal: Refused | None) -> str:
    code = refusal.code if refusal else "not listed afterwards"
    return (
        f"HubSpot did not make it ({code}). Free accounts have one pipeline only: set CRM_PIPELINE "
        "to the id of the one that is there, and run this again to add our stages to it"
    )
