"""Making, changing, binning and merging records, and telling what happened."""

from __future__ import annotations

from sandbox.crm.account import Account, Change
from sandbox.crm.email_headers import read_headers
from sandbox.crm.object_types import OBJECT_TYPES, ObjectType
from sandbox.crm.records import Record, Source
from sandbox.errors import ApiError
from sandbox.times import iso, now_ms


def create_record(
    account: Account, kind: ObjectType, values: dict[str, str], source: Source
) -> Record:
    """Make a record of values that were checked."""
    record = account.new_record(kind, source)
    account.tell(Change("creation", record, source, record.created_ms))
    _put_all(account, record, values, source)
    return record


def update_record(
    account: Account, record: Record, values: dict[str, str], source: Source
) -> Record:
    """Give a record values that were checked; a value it has already is no change."""
    before = record.properties
    changed = {name: value for name, value in values.items() if before.get(name, "") != value}
    _put_all(account, record, changed, source)
    return record


def _put_all(account: Account, record: Record, values: dict[str, str], source: Source) -> None:
    at_ms = now_ms()
    values = values | read_headers(record.kind, values)
    old_stage = record.properties.get(record.kind.stage_property, "")
    for name, value in values.items():
        record.put(name, value, source, at_ms)
        account.tell(Change("propertyChange", record, source, at_ms, name, value))
    new_stage = record.properties.get(record.kind.stage_property, "")
    if new_stage != old_stage:
        _stamp_stage(record, old_stage, new_stage, source, at_ms)
    _touch(record, source, at_ms)


def _stamp_stage(record: Record, old: str, new: str, source: Source, at_ms: int) -> None:
    if old:
        record.put(f"hs_v2_date_exited_{old}", iso(at_ms), source, at_ms)
    record.put(f"hs_v2_date_entered_{new}", iso(at_ms), source, at_ms)


def _touch(record: Record, source: Source, at_ms: int) -> None:
    record.updated_ms = at_ms
    record.put(record.kind.modified_property, iso(at_ms), source, at_ms)
    record.index(at_ms)


def archive_record(account: Account, record: Record, source: Source) -> None:
    """Put a record in the recycle bin."""
    record.archived = True
    record.archived_ms = now_ms()
    account.tell(Change("deletion", record, source, record.archived_ms))


def restore_record(account: Account, record: Record, source: Source) -> None:
    """Take a record out of the recycle bin, as staff can."""
    record.archived = False
    _touch(record, source, now_ms())
    account.tell(Change("restore", record, source, record.updated_ms))


def merge_records(account: Account, kept: Record, lost: Record, source: Source) -> Record:
    """Merge one record into another; the lost id keeps answering with the one that was kept.

    Raises:
        ApiError: 400 when both are the same record.

    """
    if kept is lost:
        raise ApiError(400, "A record cannot be merged with itself")
    gaps = {
        name: value
        for name, value in lost.properties.items()
        if value and not kept.properties.get(name) and not name.startswith("hs_v2_date_")
    }
    for kind in OBJECT_TYPES:
        account.associations.move(lost, kept, kind)
    del account.records[kept.kind.id][lost.id]
    account.merged[lost.id] = kept.id
    update_record(account, kept, gaps, source)
    merged = Change("merge", kept, source, now_ms(), merged_ids=(kept.id, lost.id))
    account.tell(merged)
    return kept
