"""The bench of growth: what it fills and does is real, and what it calls too much is."""

import pytest

from bench.growth.acts import EACH, Actor
from bench.growth.filling import CLOSED_LATELY, OPEN, Filled, fill
from bench.growth.invented import DAY
from bench.growth.places import SqlitePlace
from bench.growth.report import Figure, Report, as_json, as_table, is_good
from casework.stages import MEANINGS
from storage.sealing import TinkSealer, new_keyset
from storage.tables import Tables
from tests.world import NOON

NUMBER = 1_000


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[SqlitePlace, TinkSealer]:
    place = SqlitePlace(tmp_path_factory.mktemp("growth"))
    sealer = TinkSealer(new_keyset())
    fill(place, sealer, NUMBER, lambda _what: None)
    return place, sealer


def test_a_filled_store_is_one_after_years(filled: tuple[SqlitePlace, TinkSealer]) -> None:
    place, sealer = filled
    store = place.open(sealer)

    def look(tables: Tables) -> None:
        assert tables.requests.count()["all"] == NUMBER
        counts = tables.requests.count_by_stage(NOON - 30 * DAY)
        closed = {stage for stage, meaning in MEANINGS.items() if meaning.closed}
        assert sum(counts[stage] for stage in counts if stage in closed) == CLOSED_LATELY
        assert sum(counts[stage] for stage in counts if stage not in closed) == OPEN
        granted = tables.grants.find_to_compare(0)
        assert CLOSED_LATELY < len(granted) < NUMBER
        (found,) = tables.requests.find(granted[:1]).values()
        assert found.stage == "credited"
        assert tables.journal.find_lines(found.reference)[-1][1] == "granted"

    store.read(look)
    store.close()


def test_a_round_does_everything_there_is(filled: tuple[SqlitePlace, TinkSealer]) -> None:
    actor = Actor(*filled)
    before = actor.store.read(lambda tables: tables.requests.count()["all"])
    (*_, took) = actor.act()
    counts = actor.store.read(lambda tables: tables.requests.count_by_stage(NOON))
    actor.close()

    assert (before, counts["credited"]) == (NUMBER, EACH)
    for name in ("receive", "open_tickets", "follow_stages", "grant", "notify", "sweep_tickets"):
        assert took.clock[f"worker: {name}"] > 0
    assert {"door: signed delivery → 204", "start of the service", "list: desk status"} <= {
        *took.clock
    }


@pytest.mark.parametrize(
    ("many", "ratio", "good"),
    [
        (1.19, 1.19, True),
        (1.3, 1.3, False),
        (1.01, 1.3, True),
    ],
)
def test_what_is_too_much(many: float, ratio: float, good: bool) -> None:
    figure = Figure("door", 1.0, many, ratio, 1.0)
    report = Report("sqlite", (1_000, 2_000), 9, [Filled(1.0, 10**6)] * 2, [figure])

    assert is_good(report) is good
    assert as_json(report)["good"] is good
    assert ("too much" in as_table(report)) is not good
