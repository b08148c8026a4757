import pytest

from casework.errors import Inconsistent, Unreadable
from casework.orphan_records import check_for
from casework.request import CreditRequest, Details, TicketState
from casework.request_records import NewRequest
from casework.stages import MEANINGS, Stage
from storage.sealing import TinkSealer
from storage.store import TableStore
from tests.storage.made_up import JONA, MINUTE, NOW, Database, all_bytes, look, meddle, new_request


def add(store: TableStore, new: NewRequest, now: int = NOW) -> None:
    store.write(lambda tables: tables.requests.add(new, now))


def get(store: TableStore, reference: str = "CR-1") -> CreditRequest:
    return store.read(lambda tables: tables.requests.find([reference]))[reference]


def details_of(store: TableStore, reference: str = "CR-1") -> Details:
    return store.read(lambda tables: tables.requests.get_details(reference))


def set_ticket(store: TableStore, reference: str, ticket_id: str, stage: Stage) -> None:
    opened = get(store, reference)
    store.write(
        lambda tables: tables.requests.set_ticket(reference, ticket_id, stage, opened.organisation)
    )


def test_a_new_request(store: TableStore, sealer: TinkSealer) -> None:
    add(store, new_request("CR-1"))

    assert get(store) == CreditRequest(
        reference="CR-1",
        organisation="Wellbeing Hub North",
        stage=Stage.NEW,
        ticket_id=None,
        confirmed=False,
        opening=False,
        submitted_at=NOW,
        stage_since=NOW,
        writing=False,
        move_to=None,
        attention=None,
        status_line="Received.",
        shown_organisation=None,
        wishes=0,
        ticket_state=TicketState.THERE,
        matched=False,
        candidates="",
        check=check_for(sealer, "CR-1", "fields-1"),
    )
    assert details_of(store) == JONA


def test_a_listed_one_is_confirmed_and_has_its_own_time(store: TableStore) -> None:
    new = new_request("CR-1", conversion_id="c1", submitted_at=NOW - MINUTE, listed=True)
    add(store, new)

    assert get(store).confirmed
    assert get(store).submitted_at == NOW - MINUTE
    assert store.read(lambda tables: tables.requests.find_by_conversion("c1")) == get(store)
    assert store.read(lambda tables: tables.requests.find_by_conversion("c2")) is None


def test_only_what_is_there_is_found(store: TableStore) -> None:
    add(store, new_request("CR-1"))
    add(store, new_request("CR-2"))

    found = store.read(lambda tables: tables.requests.find(["CR-2", "CR-3"]))

    assert list(found) == ["CR-2"]
    assert store.read(lambda tables: tables.requests.find([])) == {}


@pytest.mark.parametrize(
    "second", [new_request("CR-1"), new_request("CR-2", conversion_id="c1")], ids=str
)
def test_one_row_for_a_reference_and_one_for_a_submission(
    store: TableStore, second: NewRequest
) -> None:
    add(store, new_request("CR-1", conversion_id="c1"))

    with pytest.raises(Inconsistent):
        add(store, second)

    assert store.read(lambda tables: tables.requests.count_by_stage(0)) == {"new": 1}


def test_what_is_closed_is_counted_since_a_time(store: TableStore) -> None:
    for number, (stage, at) in enumerate(
        [
            (Stage.ASKED, NOW - MINUTE),
            (Stage.DECLINED, NOW - MINUTE),
            (Stage.CREDITED, NOW),
            (Stage.CREDITED, NOW - MINUTE),
        ]
    ):
        reference = f"CR-{number}"
        add(store, new_request(reference, conversion_id=reference, fields=reference))
        store.write(
            lambda tables, reference=reference, stage=stage, at=at: tables.requests.set_stage(  # type: ignore[misc]
                reference, stage, at
            )
        )

    counts = store.read(lambda tables: tables.requests.count_by_stage(NOW))

    assert counts == {"asked": 1, "credited": 1}


def test_replacing_the_contents_confirms_and_seals_the_new_values(store: TableStore) -> None:
    add(store, new_request("CR-1", submitted_at=NOW - 1))
    listed = new_request(
        "CR-ignored",
        fields="fields-2",
        professional="professional-2",
        conversion_id="c1",
        submitted_at=NOW - MINUTE,
        listed=True,
        details=Details("gudrun@example.is", "anna@example.is", ""),
        organisation="Wellbeing Hub South",
    )
    store.write(lambda tables: tables.requests.replace_contents("CR-1", listed))

    assert get(store).confirmed
    assert get(store).organisation == "Wellbeing Hub South"
    assert get(store).submitted_at == NOW - MINUTE
    assert details_of(store) == Details("gudrun@example.is", "anna@example.is", "")
    found = store.read(lambda tables: tables.requests.find_by_conversion("c1"))
    assert found == get(store)
    same = store.read(lambda tables: tables.requests.find_same_fields("fields-2", 0))
    assert same == get(store)
    assert store.read(lambda tables: tables.requests.find_same_fields("fields-1", 0)) is None


def test_replacing_the_contents_keeps_the_stage_the_ticket_and_an_unknown_time(
    store: TableStore,
) -> None:
    add(store, new_request("CR-1"))
    set_ticket(store, "CR-1", "811", Stage.NEW)
    store.write(lambda tables: tables.requests.set_stage("CR-1", Stage.ASKED, NOW))
    listed = new_request("CR-1", conversion_id="c1", submitted_at=None, listed=True)
    store.write(lambda tables: tables.requests.replace_contents("CR-1", listed))

    request = get(store)
    assert (request.stage, request.ticket_id) == (Stage.ASKED, "811")
    assert request.submitted_at == NOW


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize(("received_at", "found"), [(NOW, True), (NOW - 1, False)])
def test_same_fields(store: TableStore, received_at: int, confirmed: bool, found: bool) -> None:
    add(store, new_request("CR-1", listed=confirmed), received_at)

    same = store.read(lambda tables: tables.requests.find_same_fields("fields-1", NOW))

    assert (same is not None) is found


@pytest.mark.parametrize(
    ("received_at", "confirmed", "stage", "claimable"),
    [
        (NOW, False, Stage.NEW, True),
        (NOW, False, Stage.ASKED, True),
        (NOW - 5, False, Stage.NEW, True),
        (NOW + 9, False, Stage.NEW, True),
        (NOW, True, Stage.NEW, False),
        (NOW, False, Stage.WITHDRAWN, False),
        (NOW, False, Stage.DECLINED, False),
        (NOW - 6, False, Stage.NEW, False),
        (NOW + 10, False, Stage.NEW, False),
    ],
)
def test_claimable(
    store: TableStore, received_at: int, confirmed: bool, stage: Stage, claimable: bool
) -> None:
    add(store, new_request("CR-1", listed=confirmed), received_at)
    store.write(lambda tables: tables.requests.set_stage("CR-1", stage, NOW))

    found = store.read(
        lambda tables: tables.requests.find_claimable("fields-1", NOW - 5, NOW + 9, NOW)
    )

    assert (found is not None) is claimable


def test_of_several_that_may_be_claimed_the_nearest_is_found(store: TableStore) -> None:
    for reference, at in (("CR-1", NOW - 5), ("CR-2", NOW + 1), ("CR-3", NOW + 4)):
        add(store, new_request(reference), at)
    add(store, new_request("CR-4", fields="other"), NOW)

    found = store.read(
        lambda tables: tables.requests.find_claimable("fields-1", NOW - 9, NOW + 9, NOW)
    )

    assert found is not None
    assert found.reference == "CR-2"


@pytest.mark.parametrize(
    ("new", "received_at", "stage", "adoptable"),
    [
        (new_request("CR-1"), NOW, Stage.NEW, True),
        (new_request("CR-1"), NOW - MINUTE, Stage.NEW, True),
        (new_request("CR-1"), NOW + MINUTE, Stage.NEW, True),
        (new_request("CR-1"), NOW - MINUTE - 1, Stage.NEW, False),
        (new_request("CR-1"), NOW + MINUTE + 1, Stage.NEW, False),
        (new_request("CR-1", listed=True), NOW, Stage.NEW, False),
        (new_request("CR-1", professional="somebody else"), NOW, Stage.NEW, False),
        (new_request("CR-1"), NOW, Stage.ASKED, False),
        (new_request("CR-1"), NOW, Stage.WITHDRAWN, False),
    ],
)
def test_adoptable(
    store: TableStore, new: NewRequest, received_at: int, stage: Stage, adoptable: bool
) -> None:
    add(store, new, received_at)
    store.write(lambda tables: tables.requests.set_stage("CR-1", stage, NOW))

    found = store.read(
        lambda tables: tables.requests.find_adoptable("professional-1", NOW - MINUTE, NOW + MINUTE)
    )

    assert (found.reference if found else None) == ("CR-1" if adoptable else None)


def test_of_several_adoptable_ones_the_oldest_is_found(store: TableStore) -> None:
    add(store, new_request("CR-2", fields="f2"), NOW + 2)
    add(store, new_request("CR-1", fields="f1"), NOW + 1)

    found = store.read(
        lambda tables: tables.requests.find_adoptable("professional-1", NOW, NOW + 9)
    )

    assert found
    assert found.reference == "CR-1"


def test_unheard_are_confirmed_requests_that_no_webhook_told_of(store: TableStore) -> None:
    def find() -> str | None:
        found = store.read(
            lambda tables: tables.requests.find_unheard("professional-1", NOW, NOW + 9)
        )
        return found.reference if found else None

    add(store, new_request("CR-1", fields="f1"), NOW + 1)
    assert find() is None
    add(store, new_request("CR-2", fields="f2", conversion_id="c2", listed=True), NOW + 2)
    assert find() == "CR-2"
    store.write(lambda tables: tables.requests.set_heard("CR-2"))
    assert find() is None


def test_a_ticket_is_opened_and_found_again(store: TableStore) -> None:
    add(store, new_request("CR-1"))
    add(store, new_request("CR-2"))
    store.write(lambda tables: tables.requests.set_opening(["CR-1"]))
    assert [get(store, ref).opening for ref in ("CR-1", "CR-2")] == [True, False]

    set_ticket(store, "CR-1", "811", Stage.NEEDS_ATTENTION)

    request = get(store)
    assert not request.opening
    assert request.stage is Stage.NEEDS_ATTENTION
    found = store.read(lambda tables: tables.requests.find_by_tickets(["811", "812"]))
    assert found == {"811": request}


def test_what_a_found_ticket_shows_may_not_be_known(store: TableStore) -> None:
    add(store, new_request("CR-1"))
    store.write(lambda tables: tables.requests.set_ticket("CR-1", "811", Stage.ASKED, None))

    assert get(store).shown_organisation is None


def test_one_ticket_never_belongs_to_two_requests(store: TableStore) -> None:
    add(store, new_request("CR-1"))
    add(store, new_request("CR-2"))
    set_ticket(store, "CR-1", "811", Stage.NEW)

    with pytest.raises(Inconsistent):
        set_ticket(store, "CR-2", "811", Stage.NEW)

    assert get(store, "CR-2").ticket_id is None


def test_a_wish_is_remembered_and_only_no_attention_clears(store: TableStore) -> None:
    add(store, new_request("CR-1", attention="organisation"))
    store.write(
        lambda tables: tables.requests.wish(
            "CR-1", move_to=Stage.CREDITED, attention="amount", status_line="Six added."
        )
    )
    store.write(lambda tables: tables.requests.wish("CR-1"))

    request = get(store)
    assert (request.move_to, request.status_line) == (Stage.CREDITED, "Six added.")
    assert request.attention is None
    assert request.wishes == 2


def test_fulfilling_the_last_wish_settles_it(store: TableStore, database: Database) -> None:
    add(store, new_request("CR-1"))
    set_ticket(store, "CR-1", "811", Stage.NEW)
    store.write(lambda tables: tables.requests.wish("CR-1", move_to=Stage.CREDITED))

    written = get(store)
    settled = store.write(lambda tables: tables.requests.fulfil(written, NOW + MINUTE))

    assert settled
    assert (get(store).stage, get(store).move_to) == (Stage.CREDITED, None)
    assert look(database, "SELECT stage_since FROM requests") == [(NOW + MINUTE,)]


def test_fulfilling_an_old_wish_leaves_the_new_one(store: TableStore) -> None:
    add(store, new_request("CR-1"))
    set_ticket(store, "CR-1", "811", Stage.NEW)
    store.write(lambda tables: tables.requests.wish("CR-1", move_to=Stage.NEEDS_ATTENTION))
    written = get(store)
    store.write(lambda tables: tables.requests.wish("CR-1", move_to=Stage.CREDITED))

    settled = store.write(lambda tables: tables.requests.fulfil(written, NOW))

    assert not settled
    assert (get(store).stage, get(store).move_to) == (Stage.NEEDS_ATTENTION, Stage.CREDITED)


def test_fulfilling_without_a_move_leaves_the_stage(store: TableStore, database: Database) -> None:
    add(store, new_request("CR-1"))
    store.write(lambda tables: tables.requests.wish("CR-1", status_line="Asked."))

    written = get(store)
    assert store.write(lambda tables: tables.requests.fulfil(written, NOW + MINUTE))
    assert get(store).stage is Stage.NEW
    assert look(database, "SELECT stage_since FROM requests") == [(NOW,)]


def test_the_organisation_that_the_ticket_shows_is_remembered(store: TableStore) -> None:
    add(store, new_request("CR-1", organisation="Hub North"))
    opened = get(store)
    listed = new_request("CR-1", listed=True, organisation="Hub South")
    store.write(lambda tables: tables.requests.replace_contents("CR-1", listed))

    store.write(
        lambda tables: tables.requests.set_ticket(
            opened.reference, "811", Stage.NEW, opened.organisation
        )
    )
    assert get(store).shown_organisation == "Hub North"

    written = get(store)
    store.write(lambda tables: tables.requests.fulfil(written, NOW))
    assert get(store).shown_organisation == "Hub South"


def test_a_move_by_staff_calls_off_what_the_service_wished(store: TableStore) -> None:
    add(store, new_request("CR-1"))
    store.write(
        lambda tables: tables.requests.wish("CR-1", move_to=Stage.CREDITED, attention="amount")
    )

    store.write(lambda tables: tables.requests.set_stage("CR-1", Stage.DECLINED, NOW))

    request = get(store)
    assert (request.stage, request.move_to, request.attention) == (Stage.DECLINED, None, None)


@pytest.mark.parametrize("stage", Stage)
def test_open_tickets(store: TableStore, stage: Stage) -> None:
    add(store, new_request("CR-0"))
    add(store, new_request("CR-1"))
    set_ticket(store, "CR-1", "811", stage)

    def find(closed_since: int) -> list[str]:
        return list(store.read(lambda tables: tables.requests.find_tickets_to_watch(closed_since)))

    assert find(NOW + 1) == ([] if MEANINGS[stage].closed else ["811"])
    assert find(NOW) == ["811"]


def test_the_times_of_the_unconfirmed(store: TableStore) -> None:
    assert store.read(lambda tables: tables.requests.find_unconfirmed_times(NOW)) == (None, None)
    add(store, new_request("CR-1"), NOW + 1)
    add(store, new_request("CR-2"), NOW + 2)
    add(store, new_request("CR-3", listed=True), NOW + 3)

    found = store.read(lambda tables: tables.requests.find_unconfirmed_times(NOW))
    assert found == (NOW + 1, NOW + 2)


def test_nothing_that_identifies_anybody_is_in_the_clear(
    store: TableStore, database: Database
) -> None:
    add(store, new_request("CR-1"))
    listed = new_request("CR-1", listed=True, details=Details("gudrun@example.is", "a@b.is", "…"))
    store.write(lambda tables: tables.requests.replace_contents("CR-1", listed))

    kept = all_bytes(database)

    assert b"Wellbeing Hub North" in kept
    for secret in (b"jona", b"siggi", b"sessions", b"gudrun", b"example.is"):
        assert secret not in kept


def test_a_sealed_field_opens_in_its_own_place_only(store: TableStore, database: Database) -> None:
    add(store, new_request("CR-1"))
    add(store, new_request("CR-2"))

    meddle(
        database,
        """
            UPDATE sealed_fields SET sealed_value = (
                SELECT sealed_value FROM sealed_fields
                WHERE reference = 'CR-1' AND field = 'reason'
            ) WHERE reference = 'CR-2' AND field = 'reason'
            """,
    )

    with pytest.raises(Unreadable):
        details_of(store, "CR-2")
    assert details_of(store, "CR-1") == JONA
