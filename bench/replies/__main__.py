"""How well organisations' replies are understood. Run by ``make bench-replies``.

Prints tables, or JSON with ``--json``: counts, never a reply, since one half is held back from
whoever writes the rules.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable

from bench.replies.counting import Tally
from bench.replies.replies import Half, Reply, read_replies
from bench.replies.report import ALL, Counts, as_json, as_table
from casework.understand_reply import Understanding, understand

Reader = Callable[[str, str, int | None], Understanding]


def main() -> int:
    """Measure as the arguments say."""
    chosen = _arguments()
    halves = list(Half) if chosen.half == "both" else [Half(chosen.half)]
    counts = measure(reply for half in halves for reply in read_replies(half))
    print(json.dumps(as_json(counts), indent=2) if chosen.json else as_table(counts))
    return 0


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="python -m bench.replies", description=__doc__)
    arguments.add_argument("--half", choices=[*Half, "both"], default="both")
    arguments.add_argument("--json", action="store_true")
    return arguments.parse_args()


def measure(replies: Iterable[Reply], reader: Reader = understand) -> Counts:
    """Read each reply once. Counts by half and language, and for all languages of a half."""
    counts: dict[tuple[Half, str], Tally] = {}
    for reply in replies:
        begun = time.perf_counter()
        read = reader(reply.subject, reply.text, reply.asked_credits)
        took = (time.perf_counter() - begun) * 1000
        for language in (reply.language, ALL):
            counts.setdefault((reply.half, language), Tally()).add(reply, read, took)
    return counts


if __name__ == "__main__":
    sys.exit(main())
