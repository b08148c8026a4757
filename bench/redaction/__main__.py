"""Our redaction beside others', on the same texts, in one run. Run by ``make bench-redaction``.

Prints a table, or JSON with ``--json``; says on the error stream how far it is. Prints kinds and
counts, never a text: two of the three sets are kept from whoever writes the rules.
"""

import argparse
import json
import subprocess
import sys

from bench.redaction.contenders.contender import NEEDS, Output, missing
from bench.redaction.one_contender import Run
from bench.redaction.report import as_json, as_table
from bench.redaction.texts import Half, read_texts

SETS: dict[str, list[Half]] = {
    **{half.value: [half] for half in Half},
    "both": [Half.DEVELOPMENT, Half.HELD_BACK],
    "all": list(Half),
}


def main() -> int:
    """Measure as the arguments say. Answers 1 where a contender is not installed or fails."""
    chosen = _arguments()
    halves = SETS[chosen.half]
    contenders = [chosen.only] if chosen.only else list(NEEDS)
    lacking = {name: missing(name) for name in contenders if missing(name)}
    for name, modules in lacking.items():
        print(f"{name} is not installed: no {', '.join(modules)}", file=sys.stderr)
    if lacking:
        return 1
    texts = [text for half in halves for text in read_texts(half)]
    runs = {name: run_alone(name, halves) for name in contenders}
    print(json.dumps(as_json(texts, runs), indent=2) if chosen.json else as_table(texts, runs))
    return 0


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="python -m bench.redaction", description=__doc__)
    arguments.add_argument("--half", choices=SETS, default="both")
    arguments.add_argument("--only", choices=NEEDS, help="measure one contender by itself")
    arguments.add_argument("--json", action="store_true")
    return arguments.parse_args()


def run_alone(name: str, halves: list[Half]) -> Run:
    """One contender in a process of its own.

    Raises:
        subprocess.CalledProcessError: it failed; why is on the error stream.
    """
    command = [sys.executable, "-m", "bench.redaction.one_contender", name, *halves]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    return Run(**{**found, "outputs": [Output(**output) for output in found["outputs"]]})


if __name__ == "__main__":
    sys.exit(main())
