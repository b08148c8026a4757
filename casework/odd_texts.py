"""Texts that no database keeps alike: halves of characters, and the character NUL.

HubSpot cuts long texts, perhaps in the middle of a character, and JSON can spell both. SQLite keeps
NUL and PostgreSQL refuses it, so it is put right where texts come in from outside.
"""

from typing import Any

_UNKNOWN = "\ufffd"


def mend_text(text: str) -> str:
    """The text, with U+FFFD for each half of a character and each NUL."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", _UNKNOWN)


def mend_texts(document: Any) -> Any:
    """What was read from JSON, with every text in it mended. Raises RecursionError if too deep."""
    if isinstance(document, str):
        return mend_text(document)
    if isinstance(document, list):
        return [mend_texts(one) for one in document]
    if isinstance(document, dict):
        return {mend_text(name): mend_texts(one) for name, one in document.items()}
    return document
