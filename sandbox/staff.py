"""What staff do in the CRM by hand."""

from __future__ import annotations

from sandbox.crm.account import Account
from sandbox.crm.checks import checked_properties
from sandbox.crm.object_types import ObjectType
from sandbox.crm.records import STAFF, Record
from sandbox.crm.writes import create_record, update_record
from sandbox.errors import ApiError

AMOUNT = "credits_to_grant"


def change_as_staff(
    account: Account, kind: ObjectType, record_id: str, given: dict[str, str]
) -> Record:
    """Change a record as somebody at the board would.

    Raises:
        ApiError: 404 for no such record, 400 for values HubSpot would not take.

    """
    with account.lock:
        record = account.get(kind, record_id)
        values = checked_properties(account, kind, given, record)
        return update_record(account, record, values, STAFF)


def make_as_staff(account: Account, kind: ObjectType, given: dict[str, str]) -> Record:
    """Make a record as somebody would by hand.

    Raises:
        ApiError: 400 for values HubSpot would not take, and for the address of a contact who was
            deleted for good; 409 for one that is there.

    """
    with account.lock:
        if account.is_blocked(given.get("email", "")):
            raise ApiError(400, "This contact was permanently deleted and cannot be added again")
        return create_record(account, kind, checked_properties(account, kind, given, None), STAFF)


def read_stage(account: Account, kind: ObjectType, record: Record, word: str) -> str:
    """The id of a stage given by id, or by its label in the record's own pipeline."""
    pipeline = account.pipelines.get(kind, record.properties[kind.pipeline_property])
    for stage in pipeline.ordered():
        if word in {stage.id, stage.label}:
            return stage.id
    return word
