"""``make machines``: all that may befall the owner of the lanes, at random times."""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.machines.bustle import Bustle
from tests.machines.faults import FAULTS
from tests.machines.fleet import running_fleet
from tests.machines.partition import partition_takeovers
from tests.machines.writers_book import Takeover
from tests.networks import can_make_networks


def storm(folder: Path, rounds: int, die: random.Random) -> tuple[list[Takeover], list[str]]:
    """Each fault once a round, in any order. Returns the takeovers, and what is wrong after."""
    takeovers = []
    with running_fleet(folder) as fleet:
        bustle = Bustle(fleet)
        bustle.start()
        for _ in range(rounds):
            for fault in die.sample(FAULTS, len(FAULTS)):
                bustle.wait_for_grants(1)
                time.sleep(die.uniform(0, 3))
                takeovers.append(fault(fleet, fleet.find_owner()))
                _say(takeovers[-1])
        bustle.end()
        return takeovers, bustle.wrong()


def table(takeovers: list[Takeover]) -> dict[str, dict[str, float]]:
    """In seconds, for each fault: until work was done, and until every lane had an owner."""
    by_fault = defaultdict[str, list[Takeover]](list)
    for one in takeovers:
        by_fault[one.fault].append(one)
    return {
        fault: {
            "times": len(ones),
            "work, median": round(median(one.first_work for one in ones), 2),
            "work, longest": round(max(one.first_work for one in ones), 2),
            "lanes, median": round(median(one.all_lanes for one in ones), 2),
            "lanes, longest": round(max(one.all_lanes for one in ones), 2),
        }
        for fault, ones in by_fault.items()
    }


def _say(taken: Takeover) -> None:
    print(
        f"{taken.fault:10} work after {taken.first_work:5.2f} s, "
        f"all lanes after {taken.all_lanes:5.2f} s",
        file=sys.stderr,
        flush=True,
    )


def main() -> int:
    """Returns 1 where anything does not hold."""
    parser = argparse.ArgumentParser(prog="make machines", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = random.randrange(1_000_000) if given.seed is None else given.seed
    print(f"seed {seed}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        takeovers, wrong = storm(Path(folder), given.rounds, random.Random(seed))
    if can_make_networks():
        with tempfile.TemporaryDirectory() as folder:
            partitions, also_wrong = partition_takeovers(Path(folder), given.rounds)
        for one in partitions:
            _say(one)
        takeovers, wrong = [*takeovers, *partitions], [*wrong, *also_wrong]
    found = {"seed": seed, "seconds until": table(takeovers), "wrong": wrong}
    print(json.dumps(found, indent=2))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
