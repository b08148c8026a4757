"""One contender over the texts, in a process of its own, so that its memory is its own.

``python -m bench.redaction.one_contender NAME HALF...`` prints a `Run` as JSON. The network is
shut: Presidio's libraries try it once, and nobody's figures should hang on it.
"""

import argparse
import json
import logging
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.redaction.contenders.contender import NEEDS, Output, Redactor, load
from bench.redaction.texts import Half, Text, read_texts

WARM_UP_ROUNDS = 3


@dataclass(frozen=True)
class Run:
    """What one contender made of the texts, in their order.

    ``milliseconds`` is the time for each text. ``load_seconds`` is the time until it was ready,
    ``memory_bytes`` by how much the process had grown in the end (proportional set size).
    """

    outputs: list[Output]
    milliseconds: list[float]
    load_seconds: float
    memory_bytes: int


def main() -> None:
    """Run the contender that the arguments name."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("name", choices=NEEDS)
    arguments.add_argument("halves", nargs="+", type=Half, choices=Half)
    chosen = arguments.parse_args()
    shut_the_network()
    texts = [text for half in chosen.halves for text in read_texts(half)]
    json.dump(asdict(run(chosen.name, texts)), sys.stdout)


def run(name: str, texts: list[Text]) -> Run:
    """Load a contender, warm it up, and time it on each text once.

    Once, because no text reaches the service twice: what a contender remembers of a text it has
    seen must not count in its favour. The warm-up is one text of each language.
    """
    before, begun = _memory(), time.perf_counter()
    redact = load(name)
    load_seconds = time.perf_counter() - begun
    for text in list({text.language: text for text in texts}.values()) * WARM_UP_ROUNDS:
        redact(text)
    outputs, milliseconds = [], []
    for number, text in enumerate(texts, 1):
        output, took = _timed(redact, text)
        outputs.append(output)
        milliseconds.append(took)
        if number % 100 == 0 or number == len(texts):
            print(f"{name}: {number} of {len(texts)} texts", file=sys.stderr)
    return Run(outputs, milliseconds, load_seconds, _memory() - before)


def _timed(redact: Redactor, text: Text) -> tuple[Output, float]:
    begun = time.perf_counter()
    output = redact(text)
    return output, (time.perf_counter() - begun) * 1000


def _memory() -> int:
    """Proportional resident memory of this process, in bytes."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def shut_the_network() -> None:
    """From here on nothing in this process can look up or reach a host."""

    def refuse(event: str, _: tuple[object, ...]) -> None:
        if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
            raise OSError("no network here")

    logging.getLogger("tldextract").setLevel(logging.CRITICAL)  # it is told once, at length
    sys.addaudithook(refuse)


if __name__ == "__main__":
    main()
