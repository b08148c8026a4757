"""What the gate costs: opening 100 tickets in one call, and one note. Run by ``make bench-egress``.

Each is done with an open gate and with the real one, by turns and in one run, against the same
server on this machine, which answers at once. So the ratio is worse than with HubSpot, which is far
away. The texts are new each time, as they are in service.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from casework.egress import Gate, keyed
from casework.identifiers import identifiers_of
from casework.lexicon import listed
from casework.ports import EgressGate
from casework.records import Records
from casework.request import Details, new_reference
from casework.request_records import NewRequest
from casework.stages import Stage
from casework.tickets import TicketDraft
from casework.wording import RECEIVED, Attention, note_for
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import TICKET
from integrations.hubspot.pace import Pace
from storage.sealing import TinkSealer, new_keyset
from storage.sqlite import SqliteStore
from tests.fakes.open_gate import OpenGate
from tests.fakes.scripted_server import serve_script
from tests.storage.made_up import NOW, new_request

OPEN_REQUESTS = (0, 100, 10_000)
TICKETS = 100
ROUNDS = 9
_AT_ONCE = 200
_STAGES = {stage: str(number) for number, stage in enumerate(Stage)}


def main() -> None:
    """Measure and print. Times are medians in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    as_json = parser.parse_args().json
    rows = [row for count in OPEN_REQUESTS for row in _measure(count)]
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{'open requests':>13}  {'what':<12}{'open gate':>11}{'real gate':>11}{'ratio':>7}")
    for row in rows:
        times = f"{row['open_gate_ms']:>8.2f} ms{row['real_gate_ms']:>8.2f} ms"
        print(f"{row['open_requests']:>13}  {row['what']:<12}{times}{row['ratio']:>7.2f}")


def _measure(count: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, serve_script() as script:
        script.then(200, {"status": "COMPLETE", "results": []})
        sealer = TinkSealer(new_keyset())
        store = SqliteStore(Path(folder) / "desk.db", sealer)
        organisations = _fill(store, sealer, count)
        gates: Sequence[EgressGate] = (OpenGate(), Gate(store, sealer, lambda: NOW))
        free, real = (_client(script.url, gate) for gate in gates)
        rows = [
            _row(
                count,
                "100 tickets",
                _open_tickets(free, organisations),
                _open_tickets(real, organisations),
            ),
            _row(count, "one note", _add_note(free), _add_note(real)),
        ]
        store.close()
        return rows


def _fill(store: SqliteStore, sealer: TinkSealer, count: int) -> list[str]:
    """Open requests of made-up people. Returns what organisations there are."""
    first, last = sorted(listed("names_first.txt")), sorted(listed("names_last.txt"))
    people = [
        Details(
            f"{first[n * 7 % len(first)]}.{last[n * 11 % len(last)]}@example.is",
            "p@example.org",
            "",
        )
        for n in range(count)
    ]
    organisations = [f"Verslun {n} ehf." for n in range(500)]
    for start in range(0, count, _AT_ONCE):
        piece = list(enumerate(people[start : start + _AT_ONCE], start))
        news = [_new(sealer, n, one, organisations[n % 500]) for n, one in piece]
        store.write(partial(_add, news=news))
    return organisations


def _add(records: Records, news: Sequence[NewRequest]) -> None:
    for new in news:
        records.requests.add(new, NOW)


def _new(sealer: TinkSealer, number: int, details: Details, organisation: str) -> NewRequest:
    new = new_request(
        new_reference(),
        details=details,
        organisation=organisation,
        conversion_id=str(number),
        fields=str(number),
    )
    return replace(new, identifiers=keyed(sealer, identifiers_of(details.identity, organisation)))


def _client(url: str, gate: EgressGate) -> HubSpotClient:
    return HubSpotClient(lambda: "token", url, gate=gate, pace=Pace(1_000_000))


def _open_tickets(client: HubSpotClient, organisations: Sequence[str]) -> Callable[[], object]:
    desk = HubSpotDesk(client, TICKET, "9", _STAGES)
    turn = iter(range(10**9))

    def once() -> object:
        start = next(turn) * TICKETS
        names = [organisations[(start + n) % len(organisations)] for n in range(TICKETS)]
        drafts = [TicketDraft(new_reference(), name, Stage.NEW, RECEIVED) for name in names]
        return desk.open_tickets(drafts)

    return once


def _add_note(client: HubSpotClient) -> Callable[[], object]:
    desk = HubSpotDesk(client, TICKET, "9", _STAGES)
    notes = [note_for(attention, 20) for attention in Attention]
    turn = iter(range(10**9))

    def once() -> None:
        number = next(turn)
        desk.add_note(str(number), notes[number % len(notes)])

    return once


def _row(
    count: int, what: str, free: Callable[[], object], real: Callable[[], object]
) -> dict[str, Any]:
    """By turns, so that whatever else the machine does falls on both."""
    rounds = ROUNDS if what == "100 tickets" else ROUNDS * 10
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 3):
        for act, kept in zip((free, real), times, strict=True):
            begun = time.perf_counter()
            act()
            if number >= 3:  # what is read and connected once is not what a call costs
                kept.append((time.perf_counter() - begun) * 1000)
    one, other = map(statistics.median, times)
    return {
        "open_requests": count,
        "what": what,
        "open_gate_ms": round(one, 3),
        "real_gate_ms": round(other, 3),
        "ratio": round(other / one, 3),
    }


if __name__ == "__main__":
    main()
