"""The pipeline as a board, with what staff do on it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.conversations.letters import Letter
from sandbox.crm.object_types import COMPANY, DEAL, NOTE, TICKET, ObjectType
from sandbox.crm.pipelines import Pipeline
from sandbox.crm.records import Record
from sandbox.errors import ApiError
from sandbox.pages.staff_mail import letters_of
from sandbox.parts import parts
from sandbox.staff import AMOUNT, change_as_staff
from sandbox.times import iso

PIPELINE_LABEL = "Credit requests"
REFERENCE = "credit_request_ref"
blueprint = Blueprint("board", __name__, url_prefix="/board")


def _kind() -> ObjectType:
    return DEAL if request.args.get("object") == DEAL.plural else TICKET


@blueprint.get("")
def board() -> ResponseReturnValue:
    """The board; its cards come from ``/board/cards``."""
    kind = _kind()
    return render_template("board.html", kind=kind, kinds=(TICKET, DEAL))


@blueprint.get("/cards")
def cards() -> ResponseReturnValue:
    """Columns and cards, for the page to draw."""
    kind, account = _kind(), parts().account
    with account.lock:
        pipeline = _pipeline(kind)
        found = [_card(one) for one in account.live(kind) if _is_in(one, pipeline)]
        columns = [
            {"id": stage.id, "label": stage.label, "cards": _of_stage(found, stage.id)}
            for stage in pipeline.ordered()
        ]
    return jsonify({"pipeline": pipeline.label, "columns": columns})


def _pipeline(kind: ObjectType) -> Pipeline:
    pipelines = parts().account.pipelines
    for pipeline in pipelines.of(kind).values():
        if pipeline.label == PIPELINE_LABEL:
            return pipeline
    return pipelines.default(kind)


def _is_in(record: Record, pipeline: Pipeline) -> bool:
    return record.properties.get(record.kind.pipeline_property) == pipeline.id


def _of_stage(found: list[dict[str, Any]], stage_id: str) -> list[dict[str, Any]]:
    return [card for card in found if card["stage"] == stage_id]


def _card(record: Record) -> dict[str, Any]:
    values = record.properties
    has_amount = parts().account.schema.find(record.kind, AMOUNT) is not None
    return {
        "id": record.id,
        "title": values.get(record.kind.title_property, ""),
        "stage": values.get(record.kind.stage_property, ""),
        "reference": values.get(REFERENCE, ""),
        "organisation": _first(record, "organisation", "employer"),
        "companies": _companies(record),
        "status": _first(record, "status"),
        "amount": values.get(AMOUNT, "") if has_amount else None,
        "mails": len(letters_of(record)),
    }


def _companies(record: Record) -> str:
    """The names of the companies that the record belongs to."""
    account = parts().account
    found = [account.find(COMPANY, one) for one in account.associations.ids(record, COMPANY)]
    return ", ".join(one.properties.get("name", "") for one in found if one is not None)


def _first(record: Record, *words: str) -> str:
    """The first filled property of the account's own whose name has one of the words."""
    for definition in parts().account.schema.all(record.kind):
        value = record.properties.get(definition.name, "")
        own = not definition.hubspot_defined
        if own and value and any(word in definition.name for word in words):
            return value
    return ""


@blueprint.get("/cards/<record_id>")
def card(record_id: str) -> ResponseReturnValue:
    """All properties of a record; its mail and its notes, newest first."""
    account, kind = parts().account, _kind()
    with account.lock:
        record = account.get(kind, record_id)
        notes = [account.find(NOTE, one) for one in account.associations.ids(record, NOTE)]
        body = {
            "title": record.properties.get(kind.title_property, ""),
            "properties": sorted(record.properties.items()),
            "mails": [_mail(letter) for letter in reversed(letters_of(record))],
            "notes": [_note(note) for note in reversed(notes) if note is not None],
        }
    return jsonify(body)


def _note(note: Record) -> dict[str, str]:
    values = note.properties
    return {"at": values.get("hs_timestamp", ""), "body": values.get("hs_note_body", "")}


def _mail(letter: Letter) -> dict[str, str]:
    return {"at": iso(letter.at_ms), "sender": letter.sender, "text": letter.text}


@blueprint.post("/cards/<record_id>")
def change(record_id: str) -> ResponseReturnValue:
    """Move a card (``stage``) or fill in its amount (``amount``), as staff."""
    body, kind = request.get_json(force=True, silent=True), _kind()
    if not isinstance(body, dict):
        raise ApiError(400, "expected an object")
    names = {"stage": kind.stage_property, "amount": AMOUNT}
    given = {names[word]: str(value) for word, value in body.items() if word in names}
    change_as_staff(parts().account, kind, record_id, given)
    return "", 204
