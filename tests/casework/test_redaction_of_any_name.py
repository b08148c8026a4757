"""Whatever somebody is called, and whatever is written: the name goes, nothing else goes wrong."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from casework.errors import NotRedacted
from casework.identity import Identity
from casework.inflection import fold, forms_of, is_common_word, is_name
from casework.lexicon import icelandic_names, lines, listed, listed_folded
from casework.redaction import redact
from casework.redaction_markers import is_language
from casework.redaction_text import CUT

SENTENCES = (
    "Ég hef hitt {} vikulega síðan í haust og þarf fjóra tíma í viðbót.",
    "{} glímir við mikinn kvíða.",
    "Meðferðin gengur vel, segir {}",
    "I have seen {} weekly since autumn and would like four more sessions.",
    "{} is struggling with anxiety.",
    "Jeg har talt med {} om angst og søvn, og vi mangler fire gange.",
    "Klienten, {}, har det svært.",
    "Jag har träffat {} varje vecka och vi behöver fyra samtal till.",
    "Vi arbetar med ångest. {} mår bättre.",
    "Jeg har hatt {} i behandling og trenger fire timer til.",
    "Det går bedre med søvnen ({}).",
)
Writing = Callable[[str], str]
WRITTEN: tuple[Writing, ...] = (
    str.title,
    str.upper,
    str.casefold,
    lambda name: fold(name).title(),
    fold,
    lambda name: unicodedata.normalize("NFD", name),
    " ".join,
    "\u200b".join,
    lambda name: name.title() + "'s",
)


def is_only_a_name(word: str) -> bool:
    """Whether it is no word, with accents or without, and no language; short ones are left aside.

    Those are told by capitals and neighbours, which not every sentence has: a known limit.
    """
    spellings = (word, fold(word))
    return (
        word.isalpha()
        and len(word) > 3
        and not any(is_common_word(spelling) or is_language(spelling) for spelling in spellings)
        and fold(word) not in listed_folded("harmless.txt")
    )


ICELANDIC = [name for name in icelandic_names()[::7] if all(map(is_only_a_name, name))]
FOREIGN = [name for name in sorted(listed("names_first.txt"))[::5] if is_only_a_name(name)]
NOBODY = Identity(client_email="")


def says(text: str, name: str) -> bool:
    """Whether a text holds a name, however written, as a word or spaced out."""
    words = [fold(word) for word in text.replace(CUT, " ").replace("'", " ").split()]
    return fold(name) in {word.strip(".,()") for word in words} or fold(name) in "".join(words)


@settings(deadline=None)
@given(st.sampled_from(ICELANDIC), st.data(), st.sampled_from(SENTENCES), st.sampled_from(WRITTEN))
def test_the_clients_name_goes_in_every_case_and_spelling(
    name: tuple[str, ...], data: st.DataObject, sentence: str, written: Writing
) -> None:
    form = data.draw(st.sampled_from(name))
    identity = Identity(client_email="", client_name=name[0])

    assert not says(redact(sentence.format(written(form)), identity).text, form)


@settings(deadline=None)
@given(st.sampled_from(ICELANDIC), st.data(), st.sampled_from(SENTENCES))
def test_an_address_without_accents_tells_every_form(
    name: tuple[str, ...], data: st.DataObject, sentence: str
) -> None:
    form = data.draw(st.sampled_from(name))
    identity = Identity(client_email=f"{fold(name[0])}@example.is")

    assert not says(redact(sentence.format(form.title()), identity).text, form)


@settings(deadline=None)
@given(st.sampled_from(ICELANDIC), st.data(), st.sampled_from(SENTENCES))
def test_anybody_elses_name_goes_too(
    name: tuple[str, ...], data: st.DataObject, sentence: str
) -> None:
    form = data.draw(st.sampled_from(name))
    written = data.draw(st.sampled_from(WRITTEN[:3]))

    assert not says(redact(sentence.format(written(form)), NOBODY).text, form)


@settings(deadline=None)
@given(st.sampled_from(FOREIGN), st.sampled_from(SENTENCES), st.sampled_from(WRITTEN))
def test_names_of_other_countries_go(name: str, sentence: str, written: Writing) -> None:
    assert not says(redact(sentence.format(written(name)), NOBODY).text, name)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A name of five letters or more, and the same with one slip of the keys."""
    name = fold(draw(st.sampled_from([n for n in FOREIGN if len(fold(n)) > 4])))
    at = draw(st.integers(0, len(name) - 2))
    letter = draw(st.sampled_from("aeijnrstu"))
    slip = draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    )
    return name, slip


@settings(deadline=None)
@given(slips(), st.sampled_from(SENTENCES))
def test_one_slip_of_the_keys_hides_no_client(named: tuple[str, str], sentence: str) -> None:
    name, slip = named
    assert OSA.distance(name, slip) <= 1
    if is_common_word(slip):
        return  # another word, which must stay

    left = redact(sentence.format(slip), Identity(client_email=f"{name}@example.com")).text

    assert not says(left, slip)


@settings(deadline=None)
@given(st.sampled_from(ICELANDIC), st.sampled_from(ICELANDIC), st.sampled_from(" -._"))
def test_the_local_part_goes_however_it_is_put_together(
    first: tuple[str, ...], last: tuple[str, ...], between: str
) -> None:
    identity = Identity(client_email=f"{fold(first[0])}{fold(last[0])}@example.is")
    text = f"og svo kom {first[0]}{between}{last[0]} til mín"

    left = redact(text, identity).text

    assert not says(left, first[0]) and not says(left, last[0])


@settings(deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(ICELANDIC), st.sampled_from(WRITTEN))
def test_what_was_redacted_is_not_redacted_any_further(
    sentence: str, name: tuple[str, ...], written: Writing
) -> None:
    once = redact(sentence.format(written(name[0])), NOBODY)
    twice = redact(once.text, NOBODY)

    assert twice.text == once.text
    assert twice.cuts == {}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_redacted_or_refused(text: str) -> None:
    with suppress(NotRedacted):
        once = redact(text, NOBODY)
        assert redact(once.text, NOBODY).text == once.text


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=80))
def test_any_identity_at_all_is_understood_or_refused(address: str, name: str, text: str) -> None:
    identity = Identity(client_email=address, client_name=name, professional_email=name)

    assert repr(identity) == "Identity(…)"
    assert all(identity.name_words())
    with suppress(NotRedacted):
        redact(text, identity)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from("<>&;[…].@-_'\"0123456789 \n\taÁжß﷽\u200b\u0301"), max_size=60).map(
        "".join
    )
)
def test_heaps_of_signs_do_no_harm(text: str) -> None:
    with suppress(NotRedacted):
        redact(text, Identity(client_email=text, client_name=text))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("thorunn", "Þórunni"),
        ("thorunn", "þórunnar"),
        ("gudrun", "Guðrúnu"),
        ("Jóna", "Jónu"),
        ("Jónu", "Jóna"),
        ("sigurdur", "Sigurði"),
        ("Sigurðsson", "Sigurðssyni"),
        ("bjork", "Bjarkar"),
        ("Ævarsdóttir", "Ævarsdóttur"),
        ("Mikkelína", "Mikkelínu"),
        ("Anders", "Anders"),
        ("Karin", "Karins"),
    ],
)
def test_any_form_of_a_name_leads_to_the_others(word: str, form: str) -> None:
    assert fold(form) in forms_of(word)


@pytest.mark.parametrize(
    "name",
    "Jónu Guðrúnar þórunni Sigurðssyni Siggu Åse Sørensen Linnea Niamh Fatima Kowalczyk".split(),
)
def test_names_are_known(name: str) -> None:
    assert is_name(name)
    assert not is_common_word(name)


@pytest.mark.parametrize(
    "word",
    "kvíði skjólstæðingnum áfallastreituröskun anxiety client's don't samtalen ångestsyndrom søvnen"
    " selvmordstanker utmattningssyndrom trenger kvidi".split(),
)
def test_everyday_words_are_known(word: str) -> None:
    assert is_common_word(word)
    assert not is_name(word)


@pytest.mark.parametrize("word", "will björk sól grace dagur stig".split())
def test_some_names_are_words_as_well(word: str) -> None:
    assert is_common_word(word)
    assert is_name(word)


@pytest.mark.parametrize(
    "name", ["names_first.txt", "names_last.txt", "words.txt", "everyday.txt", "places.txt"]
)
def test_the_lists_are_sorted_and_hold_nothing_twice(name: str) -> None:
    entries = lines(name)

    assert entries == sorted(set(entries))
    assert len(entries) > 1000
