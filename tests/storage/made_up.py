"""Invented requests, and a second look at the file that does not go through our own code."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from casework.ports import Order
from casework.request import Details, Submission
from casework.request_records import NewRequest

NOW = 1_790_000_000_000
MINUTE = 60_000

JONA = Details("jona@example.is", "siggi@example.is", "Needs six more sessions.")


def new_request(
    reference: str,
    *,
    fields: str = "fields-1",
    client: str = "client-1",
    professional: str = "professional-1",
    conversion_id: str | None = None,
    submitted_at: int | None = None,
    listed: bool = False,
    details: Details = JONA,
    organisation: str = "Wellbeing Hub North",
    attention: str | None = None,
) -> NewRequest:
    submission = Submission(details, organisation, conversion_id, submitted_at, listed)
    return NewRequest(
        reference, submission, organisation, fields, client, professional, attention, "Received."
    )


def order(key: str = "credit-request-CR-1", **changes: Any) -> Order:
    values = {
        "client_email": "jona@example.is",
        "credits": 6,
        "organisation": "Wellbeing Hub North",
        "reference": "CR-1",
    }
    return Order(key, **{**values, **changes})


def look(path: Path, sql: str, *parameters: object) -> list[Any]:
    """What another program sees in the file right now."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, parameters).fetchall()
