"""The texts the redaction is measured with are sound, and the floors it may not fall below.

What fails here says kinds and counts, never a text: one half is held back and the third set is
blind (the corpus's README says why).
"""

import re
import unicodedata
from collections import Counter
from itertools import product

import pytest

from bench.redaction.contenders import ours
from bench.redaction.counting import Tally
from bench.redaction.texts import LANGUAGES, Half, Hint, Kind, Text, read_texts

DOMAINS = re.compile(
    r"(?:[\w-]+\.)*example\.(?:is|com|dk|se|no|org)|(?:gmail|outlook|hotmail|yahoo)\.com"
)
EXAMPLES = re.compile(r"(?:[\w-]+\.)*example\.(?:is|com|dk|se|no|org)")

ENOUGH = {Half.DEVELOPMENT: 34, Half.HELD_BACK: 34, Half.BLIND: 24}


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return [text for half in Half for text in read_texts(half)]


def test_there_are_enough_texts_in_every_language_and_half(texts: list[Text]) -> None:
    counts = Counter((text.half, text.language) for text in texts)

    assert len(texts) >= 460
    assert all(counts[key] >= ENOUGH[key[0]] for key in product(Half, LANGUAGES))


def test_no_text_is_there_twice(texts: list[Text]) -> None:
    different = len({text.plain.casefold() for text in texts})

    assert different == len(texts)


def test_the_halves_share_no_name(texts: list[Text]) -> None:
    development, held_back = (
        {name for text in texts if text.half is half for name in names(text)}
        for half in (Half.DEVELOPMENT, Half.HELD_BACK)
    )

    counts = (len(development), len(held_back), len(development & held_back))

    assert counts[0] > 100
    assert counts[1] > 100
    assert counts[2] == 0


def names(text: Text) -> set[str]:
    marked = [part.words for part in text.parts if part.kind is Kind.NAME]
    folded = unicodedata.normalize("NFKD", " ".join([*marked, text.client_name]).casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return set(re.findall(r"[^\W_]{2,}", bare))


def test_one_text_in_five_has_nothing_to_cut(texts: list[Text]) -> None:
    for half, language in product(Half, LANGUAGES):
        chosen = [text for text in texts if (text.half, text.language) == (half, language)]
        clean = sum(not text.identifiers for text in chosen)
        assert 0.18 <= clean / len(chosen) <= 0.34, (half, language)


def test_every_kind_and_hint_is_in_each_half(texts: list[Text]) -> None:
    for half in Half:
        chosen = [text for text in texts if text.half is half]
        assert {part.kind for text in chosen for part in text.parts} >= set(Kind)
        assert {hint for text in chosen for hint in text.indirect} == set(Hint)


def test_what_is_known_of_a_case_is_at_domains_for_examples_or_free_ones(texts: list[Text]) -> None:
    known = {text.client_email.partition("@")[2] for text in texts}
    professional = {text.professional_email.partition("@")[2] for text in texts}

    assert all(DOMAINS.fullmatch(domain) for domain in known)
    assert all(EXAMPLES.fullmatch(domain) for domain in professional)


def test_what_is_written_in_texts_is_at_domains_for_examples(texts: list[Text]) -> None:
    written = [found for text in texts for found in re.findall(r"\w@([\w.-]*\w)", text.plain)]
    linked = [
        re.sub(r"^https?://", "", part.words).partition("/")[0]
        for text in texts
        for part in text.parts
        if part.kind is Kind.LINK
    ]

    assert len(written) >= 10
    assert len(linked) > 8
    assert all(EXAMPLES.fullmatch(domain) for domain in [*written, *linked])


# What our rules reach, a little below what was measured when they landed. They may rise; whoever
# lowers one says why. (identifiers cut, harmless words lost at most, hints seen)
# None for the blind set: a floor is looked at each time somebody changes a rule.
FLOORS: dict[Half, tuple[float, float, float]] = {
    Half.DEVELOPMENT: (0.99, 0.012, 0.97),
    Half.HELD_BACK: (0.94, 0.02, 0.82),
}


@pytest.mark.parametrize("half", FLOORS)
def test_our_rules_stay_above_their_floors(half: Half, texts: list[Text]) -> None:
    tally = Tally()
    redact = ours.make()
    for text in texts:
        if text.half is half:
            output = redact(text)
            tally.add(text, output.text, output.hints)
    recall, loss, hint_recall = FLOORS[half]

    assert tally.recall >= recall
    assert tally.loss <= loss
    assert tally.hint_recall >= hint_recall
