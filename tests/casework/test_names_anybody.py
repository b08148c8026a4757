"""Whether words name anybody at all, and that none of our own do."""

import pytest

from casework.languages import Language
from casework.names_anybody import names_anybody
from casework.request import LetterKey
from casework.stages import Stage
from casework.tell_reason import WAITS
from casework.tickets import TicketDraft
from casework.wording import Attention, note_for, status_for


@pytest.mark.parametrize(
    "typed",
    [
        "Is it Jóna?",
        "is it jóna",
        "Anna needs four more",
        "waiting for Anna",
        "JÓNA GUÐRÚN",
        "JónaGuðrún",
        "jona_gudrun",
        "J&oacute;na",
        "J%C3%B3na",
        "<b>Jó</b>na Þórsdóttir",
        "til Jónu",
        "Kæra Helga",
        "Waiting for Helga in HR",
        "somebody@example.is",
        "call 555 1234",
        "+45 12 34 56 78",
        "120389-2349",
        "sigga1987",
        "insta: sigga.j",
    ],
)
def test_names_addresses_and_numbers_of_anybody(typed: str) -> None:
    assert names_anybody(typed, "")


@pytest.mark.parametrize(
    "typed",
    [
        "Waiting for the people in HR",
        "Approved by the manager on Monday",
        "They pay 4 credits, invoice follows in May",
        "Ask again after the summer",
        "Bíð eftir svari frá mannauðsstjóra",
        "Afventer svar fra personalechefen",
        "Second reminder sent 12 November 2026",
        "Budget for Q3 is used up; 20 credits left",
        "Credit request CR-7K2M9-QX4TDH",
    ],
)
def test_ordinary_words_of_staff_name_nobody(typed: str) -> None:
    assert not names_anybody(typed, "")


def test_what_our_own_texts_or_the_organisation_say_does_not_count() -> None:
    assert names_anybody("Kara has answered", "")
    assert not names_anybody("Kara has answered", "Kara Connect")
    assert not names_anybody("ask help@desk.example", "Write to help@desk.example")


@pytest.mark.parametrize("language", Language)
def test_our_own_texts_name_nobody(language: Language) -> None:
    """A text of ours that is outdated may stand on a ticket for a while."""
    draft = TicketDraft("CR-7K2M9-QX4TDH", "", Stage.NEW, "", LetterKey(language, 4))
    for text in [*draft.texts.values(), WAITS]:
        assert not names_anybody(text, ""), text


@pytest.mark.parametrize("attention", Attention)
def test_our_notes_and_status_lines_name_nobody(attention: Attention) -> None:
    assert not names_anybody(status_for(attention), "")
    assert not names_anybody(note_for(attention, 20, "the one"), "")
