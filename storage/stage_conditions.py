"""Conditions on where a request stands, spelled as the partial indexes of 0012 spell them.

Either engine uses a partial index only where a query holds the index's own condition, word for
word: a parameter in its place would have the whole table read. So the stages stand here as text,
and :mod:`tests.storage.test_no_query_scans` sees to it that the indexes are used.
"""

from collections.abc import Iterable

from casework.stages import MEANINGS, OPEN_STAGES, Stage


def _among(stages: Iterable[Stage]) -> str:
    words = ", ".join(f"'{stage.value}'" for stage in stages)
    return f"stage IN ({words})"


#: Not decided yet.
OPEN = _among(OPEN_STAGES)
#: Decided, for good or not.
CLOSED = _among(stage for stage, meaning in MEANINGS.items() if meaning.closed)
#: Not decided yet, and more than a backlog that is only known.
IN_HAND = f"dormant = 0 AND {OPEN}"
