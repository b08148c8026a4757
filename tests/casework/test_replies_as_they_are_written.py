"""Decisions in many words, and as many sentences that look like one and are none."""

from pathlib import Path

import pytest

from casework.understand_reply import Meaning, understand

SUBJECT = "Re: Credit request CR-7K2M9-QX4TDP"
ASKED = 4
TABLES = Path(__file__).parent / "replies"
DECISIONS = {Meaning.APPROVE, Meaning.DECLINE, Meaning.OTHER_NUMBER}


def rows() -> list[tuple[str, str, str]]:
    """Language, label, sentence, from the tables beside this file."""
    return [
        (table.stem, line.partition(": ")[0], line.partition(": ")[2])
        for table in sorted(TABLES.glob("*.txt"))
        for line in table.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        pytest.param(label, text, id=f"{of}-{text}")
        for of, label, text in rows()
        if label != "doubt"
    ],
)
def test_what_is_decided_or_asked_is_understood(label: str, text: str) -> None:
    meaning, _, number = label.partition(" ")
    number_agreed = {"approve": ASKED, "other_number": int(number or 0)}.get(meaning)

    understood = understand(SUBJECT, text, ASKED)

    assert (understood.meaning, understood.credits) == (Meaning(meaning), number_agreed)


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=f"{of}-{text}") for of, label, text in rows() if label == "doubt"],
)
def test_what_only_looks_like_a_decision_proposes_none(text: str) -> None:
    assert understand(SUBJECT, text, ASKED).meaning not in DECISIONS
