"""What a store with very many requests costs beside a small one. Run by ``make bench-growth``.

Both hold the same that is open, and the same that was closed these 30 days; the rest of the large
one was closed long ago. Everything is done to both in turn, in several rounds, in one run. Times
are medians in milliseconds. Exit status 1 where something costs more than 1.2 times as much.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench.growth.measuring import measure
from bench.growth.report import MOST, Report, as_json, as_table, is_good


def main() -> int:
    """Measure as the arguments say."""
    chosen = _arguments()
    engines = ["sqlite", "postgres"] if chosen.engine == "both" else [chosen.engine]
    reports: list[Report] = []
    for engine in engines:
        with tempfile.TemporaryDirectory(dir=chosen.folder, prefix="growth-") as folder:
            reports.append(
                measure(engine, Path(folder), (chosen.few, chosen.many), chosen.rounds, _tell)
            )
    print(
        json.dumps([as_json(one) for one in reports], indent=2) if chosen.json else _text(reports)
    )
    return 0 if all(map(is_good, reports)) else 1


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    arguments.add_argument("--few", type=_number, default=1_000, help="requests in the small one")
    arguments.add_argument("--many", type=_number, default=1_000_000, help="… and the large one")
    arguments.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--folder", help="where to put the stores: 5 GB for a million")
    arguments.add_argument("--json", action="store_true")
    return arguments.parse_args()


def _number(text: str) -> int:
    number = int(text)
    if number < 1_000:
        raise argparse.ArgumentTypeError("at least 1000: some are open, and some closed of late")
    return number


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _text(reports: list[Report]) -> str:
    note = (
        f"More than {MOST} times is too much. Where only the ratio of something quick is, and the "
        "machine had other work, run it again: noise of 10 % is usual."
    )
    return "\n\n".join([*map(as_table, reports), note])


if __name__ == "__main__":
    sys.exit(main())
