"""What counts as understood, as a wrong proposal and as left in doubt."""

import json
import sys
from dataclasses import replace

import pytest

from bench.replies.__main__ import main, measure
from bench.replies.counting import Tally, is_understood, is_wrong_proposal
from bench.replies.replies import Half, Reply, read_replies
from bench.replies.report import ALL, as_table
from casework.understand_reply import Meaning, Understanding

FOUR = Reply(
    language="en",
    half=Half.DEVELOPMENT,
    subject="Re: Credit request",
    text="Four would be fine.",
    asked_credits=6,
    meaning=Meaning.OTHER_NUMBER,
    credits=4,
    names=False,
)
YES = replace(FOUR, meaning=Meaning.APPROVE, credits=6)
NO = replace(FOUR, meaning=Meaning.DECLINE, credits=None)
PERHAPS = replace(FOUR, meaning=Meaning.QUESTION, credits=None)
WHO = replace(FOUR, meaning=Meaning.WHO_IS_IT, credits=None, names=True)


def read(meaning: Meaning, credits: int | None = None, names: bool = False) -> Understanding:
    return Understanding(meaning, credits, "", names)


@pytest.mark.parametrize(
    ("reply", "understanding", "understood", "wrong"),
    [
        (FOUR, read(Meaning.OTHER_NUMBER, 4), True, False),
        (FOUR, read(Meaning.OTHER_NUMBER, 5), False, True),
        (FOUR, read(Meaning.OTHER_NUMBER), False, False),
        (FOUR, read(Meaning.APPROVE, 6), False, True),
        (FOUR, read(Meaning.APPROVE, 4), False, True),
        (FOUR, read(Meaning.QUESTION), False, False),
        (FOUR, read(Meaning.QUESTION, 4), False, False),
        (YES, read(Meaning.APPROVE, 6), True, False),
        (YES, read(Meaning.APPROVE), False, False),
        (YES, read(Meaning.DECLINE), False, True),
        (NO, read(Meaning.DECLINE), True, False),
        (NO, read(Meaning.DECLINE, 6), False, True),
        (NO, read(Meaning.OUT_OF_OFFICE), False, False),
        (PERHAPS, read(Meaning.QUESTION), True, False),
        (PERHAPS, read(Meaning.APPROVE, 6), False, True),
        (PERHAPS, read(Meaning.DECLINE), False, True),
        (PERHAPS, read(Meaning.QUESTION, 2), False, True),
        (PERHAPS, read(Meaning.UNCLEAR), False, False),
        (WHO, read(Meaning.WHO_IS_IT), True, False),
        (WHO, read(Meaning.OTHER_NUMBER, 4), False, True),
    ],
)
def test_a_reply_is_understood_or_would_be_proposed_wrongly(
    reply: Reply, understanding: Understanding, understood: bool, wrong: bool
) -> None:
    assert is_understood(reply, understanding) is understood
    assert is_wrong_proposal(reply, understanding) is wrong


def test_shares_are_of_all_replies_and_doubt_is_of_decisions() -> None:
    tally = Tally()
    tally.add(FOUR, read(Meaning.OTHER_NUMBER, 4), milliseconds=2)
    tally.add(YES, read(Meaning.UNCLEAR), milliseconds=4)
    tally.add(NO, read(Meaning.QUESTION), milliseconds=6)
    tally.add(NO, read(Meaning.APPROVE, 6), milliseconds=9)
    tally.add(PERHAPS, read(Meaning.UNCLEAR), milliseconds=0)

    assert tally.share_understood == 1 / 5
    assert tally.share_of_wrong_proposals == 1 / 5
    assert tally.share_in_doubt == 2 / 4
    assert tally.median_milliseconds == 4
    assert tally.longest_milliseconds == 9
    assert tally.labelled(Meaning.DECLINE) == 2
    assert tally.understood_by_meaning[Meaning.OTHER_NUMBER] == 1
    assert tally.confusion[Meaning.DECLINE, Meaning.APPROVE] == 1


def test_nothing_is_in_doubt_where_nothing_was_decided() -> None:
    tally = Tally()
    tally.add(PERHAPS, read(Meaning.UNCLEAR))

    assert tally.share_in_doubt == 0


def test_names_are_counted_whatever_the_meaning() -> None:
    tally = Tally()
    tally.add(WHO, read(Meaning.QUESTION, names=True))
    tally.add(WHO, read(Meaning.WHO_IS_IT))
    tally.add(YES, read(Meaning.APPROVE, 6, names=True))

    assert (tally.names, tally.names_seen, tally.names_raised_besides) == (2, 1, 1)


def test_each_reply_is_counted_for_its_language_and_for_all() -> None:
    asked = []

    def reader(subject: str, text: str, asked_credits: int | None) -> Understanding:
        asked.append((subject, text, asked_credits))
        return read(Meaning.UNCLEAR)

    counts = measure([FOUR, replace(FOUR, language="da")], reader)

    assert asked == [(FOUR.subject, FOUR.text, 6)] * 2
    assert {key: tally.replies for key, tally in counts.items()} == {
        (Half.DEVELOPMENT, "en"): 1,
        (Half.DEVELOPMENT, "da"): 1,
        (Half.DEVELOPMENT, ALL): 2,
    }


def test_the_table_tells_what_was_read_and_no_reply() -> None:
    table = as_table(measure([FOUR], lambda *_: read(Meaning.OTHER_NUMBER, 4)))

    assert "100.0% 1/1" in table
    assert "1/1" in table.split("understood, by label")[1]
    assert FOUR.text not in table


def test_one_half_can_be_measured_alone_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--half", "held_back", "--json"])

    assert main() == 0

    figures = json.loads(capsys.readouterr().out)
    assert figures["held_back/all"]["replies"] == len(list(read_replies(Half.HELD_BACK)))
    assert not [key for key in figures if key.startswith("development")]
