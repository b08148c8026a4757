"""Times as HubSpot writes them: Unix milliseconds and ISO 8601 with milliseconds."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now_ms() -> int:
    """This moment in Unix milliseconds."""
    return time.time_ns() // 1_000_000


def iso(at_ms: int) -> str:
    """Unix milliseconds as ``2026-11-22T10:00:00.000Z``."""
    moment = datetime.fromtimestamp(at_ms / 1000, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"


def read_time(text: str) -> int:
    """Unix milliseconds from either way of writing.

    Raises:
        ValueError: it is neither.

    """
    if text.lstrip("-").isdigit():
        return int(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)
