"""What each kind of event tells, beside what all of them do."""

from __future__ import annotations

from typing import Any

from sandbox.crm.account import Change, Tie

FLAGS = {"creation": "CREATED", "deletion": "DELETED"}


def details(change: Change, generic: bool) -> dict[str, Any]:
    """The fields of one event that depend on what happened."""
    if change.tie is not None:
        return _source(change) | _association(change, change.tie, generic)
    if change.message_id:
        return _message(change)
    told = {"objectId": int(change.record.id)} | _source(change)
    if generic:
        told |= {"objectTypeId": change.record.kind.id, "isSensitive": False}
    return told | _what(change)


def _source(change: Change) -> dict[str, Any]:
    return {"changeSource": change.source.name, "sourceId": change.source.id}


def _what(change: Change) -> dict[str, Any]:
    if change.what == "propertyChange":
        return {"propertyName": change.property_name, "propertyValue": change.value}
    if change.what == "merge":
        kept, *lost = [int(one) for one in change.merged_ids]
        return {
            "primaryObjectId": kept,
            "mergedObjectIds": lost,
            "newObjectId": kept,
            "numberOfPropertiesMoved": len(change.record.properties),
        }
    return {"changeFlag": FLAGS[change.what]} if change.what in FLAGS else {}


def _association(change: Change, tie: Tie, generic: bool) -> dict[str, Any]:
    """One direction of a tie. There is no ``objectId`` here."""
    here, there = change.record, tie.other
    told: dict[str, Any] = {"fromObjectId": int(here.id), "toObjectId": int(there.id)}
    if generic:
        told |= {
            "fromObjectTypeId": here.kind.id,
            "toObjectTypeId": there.kind.id,
            "associationCategory": tie.category,
            "associationTypeId": tie.type_id,
        }
    else:
        told["associationType"] = f"{here.kind.name}_to_{there.kind.name}".upper()
    return told | {"associationRemoved": tie.removed, "isPrimaryAssociation": tie.primary}


def _message(change: Change) -> dict[str, Any]:
    """A new message: neither its text nor who sent it nor where to."""
    return {
        "objectId": int(change.record.id),
        "messageId": change.message_id,
        "messageType": change.message_type,
        "changeFlag": "NEW_MESSAGE",
    }
