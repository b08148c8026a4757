"""The replies that reading is measured with are sound, and the floors it may not fall below.

What fails here says meanings and counts, never a reply: one half is held back (the corpus's README
says why).
"""

import re
from collections import Counter
from itertools import product

import pytest

from bench.replies.__main__ import measure
from bench.replies.counting import DECISIONS
from bench.replies.replies import LANGUAGES, Half, Reply, read_replies
from bench.replies.report import ALL
from casework.languages import Language
from casework.organisation_letter import write_letter
from casework.request import is_reference
from casework.understand_reply import Meaning

EXAMPLES = re.compile(r"(?:[\w-]+\.)*example\.(?:is|com|dk|se|no|org)")
REFERENCE = re.compile(r"CR-\w{5}-\w{6}")


@pytest.fixture(scope="module")
def replies() -> list[Reply]:
    return [reply for half in Half for reply in read_replies(half)]


def test_there_are_enough_replies_in_every_language_and_half(replies: list[Reply]) -> None:
    counts = Counter((reply.half, reply.language) for reply in replies)

    assert len(replies) >= 380
    assert all(counts[key] >= 35 for key in product(Half, LANGUAGES))


def test_every_meaning_is_there_in_every_language_and_half(replies: list[Reply]) -> None:
    there = {(reply.half, reply.language, reply.meaning) for reply in replies}

    assert there == set(product(Half, LANGUAGES, Meaning))


def test_a_number_is_labelled_where_some_are_agreed_to_and_nowhere_else(
    replies: list[Reply],
) -> None:
    for reply in replies:
        numbered = reply.meaning in DECISIONS - {Meaning.DECLINE}
        assert (reply.credits is not None) == numbered
        assert reply.credits is None or reply.credits >= 1


def test_an_approval_is_of_what_was_asked_and_another_number_is_not(replies: list[Reply]) -> None:
    for reply in replies:
        if reply.meaning is Meaning.APPROVE and reply.asked_credits is not None:
            assert reply.credits == reply.asked_credits
        if reply.meaning is Meaning.OTHER_NUMBER:
            assert reply.asked_credits is not None
            assert reply.credits != reply.asked_credits


def test_who_asks_who_it_is_asks_about_a_name(replies: list[Reply]) -> None:
    assert all(reply.names for reply in replies if reply.meaning is Meaning.WHO_IS_IT)
    assert {reply.meaning for reply in replies if reply.names} <= {
        Meaning.WHO_IS_IT,
        Meaning.APPROVE,
    }


def test_a_reply_does_not_show_its_text(replies: list[Reply]) -> None:
    assert all(reply.text not in repr(reply) for reply in replies if len(reply.text) > 20)


def test_what_looks_like_a_reference_is_one(replies: list[Reply]) -> None:
    found = [one for reply in replies for one in REFERENCE.findall(reply.subject + reply.text)]

    assert len(found) > len(replies)
    assert all(is_reference(one) for one in found)


def test_addresses_are_at_domains_for_examples(replies: list[Reply]) -> None:
    domains = [one for reply in replies for one in re.findall(r"\w@([\w.-]*\w)", reply.text)]

    assert len(domains) >= 100
    assert all(EXAMPLES.fullmatch(domain) for domain in domains)


def test_the_letter_is_quoted_whole_in_every_language_and_half(replies: list[Reply]) -> None:
    quoting = Counter(
        (reply.half, reply.language) for reply in replies if letter_in(reply) in bare(reply.text)
    )

    assert all(quoting[key] >= 8 for key in product(Half, LANGUAGES))


def letter_in(reply: Reply) -> str:
    """The letter that the reply would quote, as a run of words."""
    found = REFERENCE.search(reply.subject + reply.text)
    if not found:
        return "none"
    return bare(write_letter(Language(reply.language), found[0], reply.asked_credits).text)


def bare(text: str) -> str:
    """The text without line breaks and marks of quoting."""
    return " ".join(re.sub(r"^[> ]+", "", line) for line in text.splitlines() if line.strip("> "))


def test_the_halves_share_no_sentence_of_a_reply(replies: list[Reply]) -> None:
    development, held_back = (
        {line for reply in replies if reply.half is half for line in own_lines(reply)}
        for half in Half
    )

    counts = (len(development), len(held_back), len(development & held_back))

    assert counts[0] > 200
    assert counts[1] > 200
    assert counts[2] == 0


def own_lines(reply: Reply) -> set[str]:
    """Lines of three words or more that are not the letter's, in plain letters."""
    letter = letter_in(reply)
    lines = [re.sub(r"^[> ]+", "", line).strip() for line in reply.text.splitlines()]
    own = [line for line in lines if line not in letter]
    folded = [re.sub(r"[\W\d_]+", " ", line.casefold()).strip() for line in own]
    return {line for line in folded if len(line.split()) >= 3}


def test_no_reply_is_there_twice(replies: list[Reply]) -> None:
    written = [
        (reply.language, reply.asked_credits, bare(reply.text).replace(letter_in(reply), ""))
        for reply in replies
    ]

    assert len(written) == len(set(written))


# What our rules reach, a little below what was measured when they landed. They may rise; whoever
# lowers one says why. (understood at least, wrong proposals at most, decisions in doubt at most)
# Wrong proposals must stay under 0.01.
FLOORS: dict[Half, tuple[float, float, float]] = {
    Half.DEVELOPMENT: (0.97, 0.005, 0.04),
    Half.HELD_BACK: (0.68, 0.01, 0.41),
}


@pytest.mark.parametrize("half", Half)
def test_our_rules_stay_above_their_floors(half: Half, replies: list[Reply]) -> None:
    tally = measure(reply for reply in replies if reply.half is half)[half, ALL]
    understood, wrong_proposals, in_doubt = FLOORS[half]

    assert tally.share_understood >= understood
    assert tally.share_of_wrong_proposals <= wrong_proposals
    assert tally.share_in_doubt <= in_doubt
