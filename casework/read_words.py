"""Reads the lists of words ahead of time.

They are read when first asked for, which takes about a second, and take some 60 MB. Whoever stands
by for another process has that second; whoever has just taken over does not.
"""

from casework.identifiers import identifiers_of
from casework.identity import Identity
from casework.redaction import redact
from casework.typed_organisation import clean_organisation

_NOBODY = Identity("someone.unknown@example.org", "Someone Unknown", "practice@example.com")
_WORDS = "Nobody of that name was seen at Nowhere & Sons on Monday the 3rd of May."


def read_words(*, redacts: bool) -> None:
    """Do with nobody's words what is done with everybody's; reasons only where they are shown."""
    clean_organisation("Nowhere & Sons", _NOBODY)
    identifiers_of(_NOBODY, "Nowhere & Sons")
    if redacts:
        redact(_WORDS, _NOBODY)
