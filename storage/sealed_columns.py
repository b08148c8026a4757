"""Every column that holds sealed values, and what each value is bound to.

A new column of ciphertext is called ``sealed_…`` and belongs in here, or it would be left behind
when the keys are changed; a test compares this list with the schema.
"""

from collections.abc import Callable
from dataclasses import dataclass

from casework.delivery_records import Route, delivery_name
from storage.engine import Row
from storage.key_check import KEY_CHECK_PLACE
from storage.ledger import ledger_place
from storage.replies import reply_place
from storage.sealed_fields import field_place


@dataclass(frozen=True)
class SealedColumn:
    """One column. ``keys`` is the table's primary key; an empty value is none.

    ``place`` tells what a row's value is bound to, from the keys and the columns ``besides``.
    """

    table: str
    column: str
    keys: tuple[str, ...]
    place: Callable[[Row], str]
    besides: tuple[str, ...] = ()


#: The key check comes last: until all else has followed, keys from before still start the service.
SEALED_COLUMNS = (
    SealedColumn(
        "deliveries",
        "sealed_body",
        ("id",),
        lambda row: delivery_name(Route(row["route"]), row["digest"]),
        besides=("route", "digest"),
    ),
    SealedColumn(
        "sealed_fields",
        "sealed_value",
        ("reference", "field"),
        lambda row: field_place(row["reference"], row["field"]),
    ),
    SealedColumn(
        "replies",
        "sealed_sentence",
        ("reference", "message_id"),
        lambda row: reply_place(row["reference"], row["message_id"]),
    ),
    SealedColumn("ledger", "sealed_client_email", ("key",), lambda row: ledger_place(row["key"])),
    SealedColumn("key_check", "sealed_value", ("id",), lambda _row: KEY_CHECK_PLACE),
)
