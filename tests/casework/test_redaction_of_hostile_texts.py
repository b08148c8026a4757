"""Nobody can keep the service busy with a long and odd text."""

import time
from contextlib import suppress

import pytest

from casework.errors import NotRedacted
from casework.redaction import Identity, redact

JONA = Identity("jona.gudrun85@example.is", "Jóna Guðrún Þórsdóttir", "anna@example.is")
LONGEST = 5_000
# Far more than it takes, and far less than time by the square of the length would.
SECONDS = 5
PIECES = [
    *[
        "a",
        "A",
        "1",
        "1 ",
        "1.",
        "a.",
        "a-",
        "a.a-",
        "1-",
        "a_",
        "a/",
        "a'",
        "A.b.",
        "-",
        "\n",
        "@",
    ],
    *["<", "<a", "&amp;", "[…]", "[…] ", "J. ", "kl. ", "mars ", "3. og ", "1/2 ", "uge 1, "],
    *["one ", "insta ", "fb: ", "heter a på ", "Bank of ", "ehf ", "A&", "is a ", "works in a "],
    *["a at b dot ", "a dot ", "en af ", "Jóna ", "Xq Zw ", "kvíðaröskunarmeðferðarteymi "],
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_of_one_piece_over_and_over_is_soon_done(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]

    begun = time.monotonic()
    with suppress(NotRedacted):
        redact(text, JONA)

    assert time.monotonic() - begun < SECONDS


def test_longer_texts_are_not_even_looked_at() -> None:
    with pytest.raises(NotRedacted):
        redact("a" * (LONGEST + 1), JONA)
    assert redact("og " * (LONGEST // 3), JONA).text
