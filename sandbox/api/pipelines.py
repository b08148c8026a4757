"""Pipelines and stages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.routes import read_json, serve
from sandbox.crm.object_types import TICKET, ObjectType
from sandbox.crm.pipelines import Pipeline, Stage, deal_metadata, ticket_metadata
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.times import now_ms

PATHS = ("/crm/v3/pipelines/<kind>", "/crm/pipelines/<version>/<kind>")
MAX_STAGES = 100
blueprint = Blueprint("pipelines", __name__)


@serve(blueprint, "GET", PATHS)
def all_pipelines(kind: ObjectType) -> ResponseReturnValue:
    """Every pipeline with its stages."""
    found = parts().account.pipelines.of(kind).values()
    return jsonify({"results": [one.as_json() for one in found]})


@serve(blueprint, "POST", PATHS)
def create(kind: ObjectType) -> ResponseReturnValue:
    """Make a pipeline with its stages."""
    body, pipelines = read_json(), parts().account.pipelines
    label = _label(body, [one.label for one in pipelines.of(kind).values()])
    made = Pipeline(
        str(body.get("pipelineId") or pipelines.new_id()), label, int(body.get("displayOrder", 0))
    )
    if made.id in pipelines.of(kind):
        raise ApiError(409, f"Pipeline {made.id} already exists", "CONFLICT")
    if len(body.get("stages") or []) > MAX_STAGES:
        raise ApiError(400, f"a pipeline has at most {MAX_STAGES} stages")
    for row in body.get("stages") or []:
        _add_stage(kind, made, row)
    pipelines.of(kind)[made.id] = made
    return jsonify(made.as_json()), 201


@serve(blueprint, "GET", PATHS, "/<pipeline_id>")
def read(kind: ObjectType, pipeline_id: str) -> ResponseReturnValue:
    """One pipeline."""
    return jsonify(parts().account.pipelines.get(kind, pipeline_id).as_json())


@serve(blueprint, "PATCH", PATHS, "/<pipeline_id>")
def update(kind: ObjectType, pipeline_id: str) -> ResponseReturnValue:
    """Rename or move a pipeline."""
    body, known = read_json(), parts().account.pipelines.get(kind, pipeline_id)
    known.label = str(body.get("label", known.label))
    known.display_order = int(body.get("displayOrder", known.display_order))
    known.updated_ms = now_ms()
    return jsonify(known.as_json())


@serve(blueprint, "DELETE", PATHS, "/<pipeline_id>")
def archive(kind: ObjectType, pipeline_id: str) -> ResponseReturnValue:
    """Remove a pipeline that holds no records."""
    known = parts().account.pipelines.get(kind, pipeline_id)
    if any(_in_use(kind, stage_id) for stage_id in known.stages):
        raise _used("PIPELINE_ID_IN_USE", pipeline_id)
    del parts().account.pipelines.of(kind)[pipeline_id]
    return "", 204


@serve(blueprint, "GET", PATHS, "/<pipeline_id>/stages")
def all_stages(kind: ObjectType, pipeline_id: str) -> ResponseReturnValue:
    """The stages of a pipeline, left to right."""
    stages = parts().account.pipelines.get(kind, pipeline_id).ordered()
    return jsonify({"results": [stage.as_json() for stage in stages]})


@serve(blueprint, "POST", PATHS, "/<pipeline_id>/stages")
def create_stage(kind: ObjectType, pipeline_id: str) -> ResponseReturnValue:
    """Add a stage."""
    pipeline = parts().account.pipelines.get(kind, pipeline_id)
    return jsonify(_add_stage(kind, pipeline, read_json()).as_json()), 201


@serve(blueprint, "GET", PATHS, "/<pipeline_id>/stages/<stage_id>")
def read_stage(kind: ObjectType, pipeline_id: str, stage_id: str) -> ResponseReturnValue:
    """One stage."""
    return jsonify(parts().account.pipelines.get(kind, pipeline_id).stage(stage_id).as_json())


@serve(blueprint, "PATCH", PATHS, "/<pipeline_id>/stages/<stage_id>")
def update_stage(kind: ObjectType, pipeline_id: str, stage_id: str) -> ResponseReturnValue:
    """Rename or move a stage; ``metadata`` must be given again."""
    body = read_json()
    pipeline = parts().account.pipelines.get(kind, pipeline_id)
    stage = pipeline.stage(stage_id)
    stage.metadata = _metadata(kind, body)
    others = [one.label for one in pipeline.stages.values() if one is not stage]
    stage.label = _label({"label": stage.label} | body, others)
    stage.display_order = int(body.get("displayOrder", stage.display_order))
    stage.updated_ms = now_ms()
    return jsonify(stage.as_json())


@serve(blueprint, "DELETE", PATHS, "/<pipeline_id>/stages/<stage_id>")
def archive_stage(kind: ObjectType, pipeline_id: str, stage_id: str) -> ResponseReturnValue:
    """Remove a stage that holds no records."""
    pipeline = parts().account.pipelines.get(kind, pipeline_id)
    pipeline.stage(stage_id)
    if _in_use(kind, stage_id):
        raise _used("STAGE_ID_IN_USE", stage_id)
    del pipeline.stages[stage_id]
    return "", 204


def _add_stage(kind: ObjectType, pipeline: Pipeline, row: dict[str, Any]) -> Stage:
    label = _label(row, [one.label for one in pipeline.stages.values()])
    stage_id = str(row.get("stageId") or parts().account.pipelines.new_id())
    if stage_id in pipeline.stages:
        raise ApiError(409, f"Stage {stage_id} already exists", "CONFLICT")
    order = int(row.get("displayOrder", len(pipeline.stages)))
    pipeline.stages[stage_id] = Stage(stage_id, label, order, _metadata(kind, row))
    return pipeline.stages[stage_id]


def _label(body: dict[str, Any], taken: list[str]) -> str:
    label = str(body.get("label") or "").strip()
    if not label:
        raise ApiError(400, "label is required")
    if label.casefold() in {one.casefold() for one in taken}:
        raise ApiError(400, f"The label {label} is not unique", "VALIDATION_ERROR")
    return label


def _metadata(kind: ObjectType, row: dict[str, Any]) -> dict[str, str]:
    given = row.get("metadata")
    if not isinstance(given, dict):
        raise ApiError(400, "metadata is required")
    if kind is TICKET:
        state = str(given.get("ticketState") or "OPEN").upper()
        if state not in {"OPEN", "CLOSED"}:
            raise ApiError(400, "ticketState must be OPEN or CLOSED")
        return ticket_metadata(state)
    return deal_metadata(_probability(given))


def _probability(given: dict[str, Any]) -> str:
    try:
        probability = float(str(given["probability"]))
    except (KeyError, ValueError):
        raise ApiError(400, "probability is required, from 0.0 to 1.0") from None
    if not 0 <= probability <= 1:
        raise ApiError(400, "probability is required, from 0.0 to 1.0")
    return str(probability)


def _in_use(kind: ObjectType, stage_id: str) -> bool:
    live = parts().account.live(kind)
    return any(one.properties.get(kind.stage_property) == stage_id for one in live)


def _used(code: str, name: str) -> ApiError:
    return ApiError(400, f"{name} is in use", subCategory=f"PipelineError.{code}")
