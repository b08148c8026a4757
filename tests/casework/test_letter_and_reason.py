"""The letter that is ready on the ticket, and the reason as far as staff may read it."""

import pytest

from casework.errors import CreditsDeskError, Unavailable
from casework.languages import Language
from casework.organisation_letter import write_answer, write_letter
from casework.organisations import Company
from casework.request import ReasonState
from casework.stages import Stage
from casework.tell_reason import WAITS, ReasonPolicy, release_reason
from casework.tickets import TicketText
from storage.tables import Tables
from tests.world import JONA, MINUTE, World

MAREL = Company("71", "Marel", frozenset({"marel.is"}), members=500)


def letter(world: World) -> str:
    return world.ticket().texts[TicketText.LETTER]


def reason(world: World) -> str:
    return world.ticket().texts.get(TicketText.REASON, "")


def listed(world: World, why: str, company: Company = MAREL, **fields: str) -> World:
    """A confirmed request that is matched, with this reason."""
    world.companies.all = [company]
    world.submit("one", **{**JONA, "why": why, **fields})
    world.sweep()
    return world


def expected(world: World, language: Language, credits: int | None) -> str:
    written = write_letter(language, world.reference(), credits)
    return f"Subject: {written.subject}\n\n{written.text}"


def test_a_letter_is_on_the_ticket_from_the_beginning(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    assert letter(world) == expected(world, Language.EN, None)
    answer = world.ticket().texts[TicketText.ANSWER]
    assert answer == write_answer(Language.EN, world.reference())


def test_it_is_in_the_language_of_the_company(world: World) -> None:
    listed(world, "")
    assert letter(world) == expected(world, Language.IS, None)
    assert world.ticket().texts[TicketText.ANSWER] == write_answer(Language.IS, world.reference())


def test_it_asks_for_the_number_that_staff_type(world: World) -> None:
    listed(world, "")
    world.staff_move(world.ticket(), Stage.NEW, "4")
    assert letter(world) == expected(world, Language.IS, 4)
    world.staff_move(world.ticket(), Stage.NEW, "six")
    assert letter(world) == expected(world, Language.IS, None)


def test_once_the_organisation_has_it_it_stays(world: World) -> None:
    listed(world, "")
    world.staff_move(world.ticket(), Stage.ASKED, "4")
    assert letter(world) == expected(world, Language.IS, None)


def test_what_staff_add_to_a_letter_stays_until_another_is_due(world: World) -> None:
    listed(world, "")
    world.desk.staff_type(world.ticket().ticket_id, TicketText.LETTER, "Kæri mannauðsstjóri")
    world.sweep()
    assert letter(world) == "Kæri mannauðsstjóri"
    world.staff_move(world.ticket(), Stage.NEW, "4")
    assert letter(world) == expected(world, Language.IS, 4)


def test_a_name_typed_into_the_letter_is_taken_out_again(world: World) -> None:
    listed(world, "")
    world.desk.staff_type(world.ticket().ticket_id, TicketText.LETTER, "This is for Jóna")
    world.sweep()
    assert letter(world) == expected(world, Language.IS, None)


def test_by_default_no_reason_leaves(world: World) -> None:
    listed(world, "Sefur illa og er með kvíða.")
    assert reason(world) == ""
    assert world.request().reason is ReasonState.NONE


def test_a_harmless_reason_is_shown_without_who_it_is(world: World) -> None:
    world.reason_policy = ReasonPolicy.REDACTED
    listed(world, "Jóna sefur illa. Hringdu í 555 1234.")
    assert "sefur illa" in reason(world)
    assert "Jóna" not in reason(world)
    assert "555" not in reason(world)
    assert "[…]" in reason(world)
    assert world.request().reason is ReasonState.SHOWN


@pytest.mark.parametrize(
    ("why", "company", "policy"),
    [
        ("Sefur illa. Er í fæðingarorlofi.", MAREL, ReasonPolicy.REDACTED),
        ("The only woman in the team.", MAREL, ReasonPolicy.REDACTED),
        ("Sefur illa.", Company("71", "Marel", frozenset(), members=9), ReasonPolicy.REDACTED),
        ("Sefur illa.", Company("71", "Marel", frozenset()), ReasonPolicy.REDACTED),
        ("Sefur illa.", MAREL, ReasonPolicy.REVIEWED),
    ],
    ids=["indirect", "only one", "few members", "unknown members", "policy"],
)
def test_what_may_still_tell_waits_for_a_person(
    world: World, why: str, company: Company, policy: ReasonPolicy
) -> None:
    world.reason_policy = policy
    listed(world, why, company)
    assert reason(world) == WAITS
    assert world.request().reason is ReasonState.HELD
    world.store.write(lambda r: release_reason(r, world.reference(), by="Pia", now=world.now))
    world.run()
    assert reason(world).split(".")[0] in why
    assert world.request().reason is ReasonState.SHOWN
    assert "reason_released" in world.events()


def test_a_name_typed_into_the_reason_is_taken_out_and_other_words_stay(world: World) -> None:
    listed(world, "")
    ticket_id = world.ticket().ticket_id
    world.desk.staff_type(ticket_id, TicketText.REASON, "sleeps badly")
    world.sweep()
    assert reason(world) == "sleeps badly"
    world.desk.staff_type(ticket_id, TicketText.REASON, "Jónu líður illa")
    world.sweep()
    assert reason(world) == ""


def test_nothing_is_released_that_does_not_wait(world: World) -> None:
    listed(world, "Sefur illa.")
    with pytest.raises(CreditsDeskError):
        world.store.write(lambda r: release_reason(r, world.reference(), by="Pia", now=world.now))


def test_an_unconfirmed_or_unmatched_request_shows_no_reason(world: World) -> None:
    world.reason_policy = ReasonPolicy.REDACTED
    world.webhook(**{**JONA, "why": "Sefur illa."})
    world.sweep()
    assert reason(world) == ""


def test_the_name_the_platform_tells_is_cut_from_the_reason(world: World) -> None:
    world.reason_policy = ReasonPolicy.REDACTED
    world.account.names["kisa1987@example.is"] = "Will Grace"
    listed(world, "we hope that will sleeps better", client="kisa1987@example.is")
    assert "will" not in reason(world).lower()


def test_while_the_platform_is_away_no_reason_is_shown(world: World) -> None:
    world.reason_policy = ReasonPolicy.REDACTED
    ask = world.account.find_client_name

    def away(_address: str) -> str:
        raise Unavailable("fake platform", "find a client", "503")

    world.account.find_client_name = away  # type: ignore[method-assign, assignment]
    listed(world, "Sefur illa.")
    assert reason(world) == ""
    world.account.find_client_name = ask  # type: ignore[method-assign]
    world.later(MINUTE)
    assert reason(world) == "Sefur illa."


def test_a_reason_that_cannot_be_redacted_is_never_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.tell_reason.redact_reason", lambda _details: None)
    world.reason_policy = ReasonPolicy.REDACTED
    listed(world, "Sefur illa.")
    assert reason(world) == WAITS
    with pytest.raises(CreditsDeskError, match="could not be redacted"):
        world.store.write(lambda r: release_reason(r, world.reference(), by="Pia", now=world.now))


def test_a_ticket_from_before_letters_gets_its_letter(world: World) -> None:
    """As step 0008 leaves an older database: nobody asks for these to be written."""
    world.webhook(**JONA)
    world.run()
    ticket = world.ticket()
    ticket.texts[TicketText.LETTER] = ticket.texts[TicketText.ANSWER] = ""

    def as_migrated(tables: Tables) -> None:
        tables.requests._connection.run("UPDATE requests SET shown_letter = ''")

    world.store.write(as_migrated)
    for _ in range(3):
        world.now += 3_600_000
        world.sweep()
    assert ticket.texts[TicketText.LETTER]
