"""A sealed field is opened for a named person with a reason, and never without a trace."""

import pytest

from casework.errors import CreditsDeskError
from casework.forget import forget
from casework.journal_words import NamesSomebody, check_words
from casework.reveal import SealedField, reveal
from tests.world import JONA, World

CLIENT = SealedField.CLIENT_EMAIL


def look(
    world: World, field: SealedField = CLIENT, by: str = "B.T.", reason: str = "letter came back"
) -> str:
    reference = world.ticket().reference
    return reveal(reference, field, by=by, reason=reason, now=world.now, store=world.store)


def lines(world: World) -> list[tuple[str, object]]:
    reference = world.ticket().reference
    found = world.store.read(lambda records: records.journal.find_lines(reference))
    return [(event, facts) for _, event, facts in found if event.startswith("reveal")]


def open_one(world: World, **changes: str) -> None:
    world.submit("s1", **JONA | changes)
    world.read_list()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (SealedField.CLIENT_EMAIL, "jona@example.is"),
        (SealedField.PROFESSIONAL_EMAIL, "anna@clinic.is"),
        (SealedField.REASON, "Kvíði"),
    ],
)
def test_one_field_is_opened_and_written_down(world: World, field: SealedField, value: str) -> None:
    open_one(world)
    assert look(world, field) == value
    facts = {"by": "B.T.", "reason": "letter came back", "field": field.value}
    assert lines(world) == [("revealed", facts)]


def test_what_cannot_be_written_down_is_not_opened(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_one(world)

    def full(*_arguments: object, **_facts: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("storage.journal.JournalTable.write", full)
    with pytest.raises(OSError, match="no space"):
        look(world)


def test_a_request_that_is_not_there_is_not_repeated(world: World) -> None:
    with pytest.raises(CreditsDeskError) as refused:
        reveal("jona@example.is", CLIENT, by="B", reason="x", now=world.now, store=world.store)
    assert "jona" not in str(refused.value)


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("Jona", "x"),
        ("B.T.", "Jóna rang"),
        ("B.T.", "about JONA’s credits"),
        ("Anna", "x"),
        ("B.T.", "asked by anna"),
    ],
)
def test_the_journal_names_nobody_and_trying_words_leaves_a_line(
    world: World, by: str, reason: str
) -> None:
    open_one(world)
    with pytest.raises(NamesSomebody) as refused:
        look(world, by=by, reason=reason)
    assert not {"jona", "anna"} & set(str(refused.value).casefold().split())
    assert lines(world) == [("reveal_refused", {"field": "client_email"})]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Guðrún Þórsdóttir rang", "gudrun.thorsdottir@example.is"),
        ("gudrun thorsdottir", "gudrunthorsdottir@example.is"),
        ("Þórsdóttir", "g.thorsdottir1985@example.is"),
        ("born 1985", "gt1985@example.is"),
    ],
)
def test_a_word_of_an_address_is_known_however_it_is_written(text: str, address: str) -> None:
    with pytest.raises(NamesSomebody):
        check_words([text], [address])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("letter came back on 12 May", "anna12@example.is"),
        ("B.T.", "b.jonsson@example.is"),
        ("annual check", "anna@example.is"),
        ("asked at example", "jona@example.is"),
        ("", ""),
    ],
)
def test_other_words_are_let_through(text: str, address: str) -> None:
    check_words([text], [address])


def test_what_was_erased_cannot_be_opened_and_the_rest_can(world: World) -> None:
    open_one(world)

    def forgets(email: str) -> None:
        forget(
            email, by="DPO", reason="asked", now=world.now, store=world.store, sealer=world.sealer
        )

    forgets("anna@clinic.is")
    assert look(world) == "jona@example.is"
    with pytest.raises(CreditsDeskError, match="erased"):
        look(world, SealedField.REASON)
    forgets("jona@example.is")
    with pytest.raises(CreditsDeskError, match="erased"):
        look(world)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("asked by mail, as the law says", "mail@clinic.is"),
        ("asked by mail, as the law says", "as@example.is"),
        ("the office called, hello and all", "office@clinic.is"),
        ("info for the team", "info.team@clinic.is"),
        ("we will come back to it", "will.smith@example.is"),
        ("he asked at once", "onc@example.is"),
    ],
)
def test_an_ordinary_word_names_nobody(text: str, address: str) -> None:
    check_words([text], [address])


@pytest.mark.parametrize(
    ("text", "address"),
    [("Will called", "will.smith@example.is"), ("for Jón", "jon@example.is")],
)
def test_a_name_that_is_an_ordinary_word_as_well_is_known_by_its_capital(
    text: str, address: str
) -> None:
    with pytest.raises(NamesSomebody):
        check_words([text], [address])
