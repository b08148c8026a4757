"""The figures, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.growth.filling import Filled

#: So many times as much something may cost with very many requests.
MOST = 1.2
#: What is this much slower only, in milliseconds, nobody notices: a timer's and a cache's grain.
_GRAIN = 0.02


@dataclass(frozen=True)
class Figure:
    """What something costs with few requests and with many: medians in milliseconds.

    ``ratio``: the median of how many times as much it cost with many, right after each other;
    ``cpu_ratio``: the same of this process's computing alone,
    which other work on the machine disturbs less. A PostgreSQL computes in processes of its own.
    """

    name: str
    few: float
    many: float
    ratio: float
    cpu_ratio: float

    @property
    def is_good(self) -> bool:
        """Whether it costs no more than it may."""
        return self.ratio <= MOST or self.many - self.few <= _GRAIN


@dataclass(frozen=True)
class Report:
    """One engine's figures, and what the two stores were."""

    engine: str
    numbers: tuple[int, int]
    rounds: int
    filled: Sequence[Filled]
    figures: Sequence[Figure]


def is_good(report: Report) -> bool:
    """Whether nothing costs more than it may."""
    return all(figure.is_good for figure in report.figures)


def as_json(report: Report) -> dict[str, Any]:
    """For scripts."""
    return {
        "engine": report.engine,
        "requests": report.numbers,
        "rounds": report.rounds,
        "filled": [asdict(one) for one in report.filled],
        "good": is_good(report),
        "figures": [{**asdict(one), "good": one.is_good} for one in report.figures],
    }


def as_table(report: Report) -> str:
    """For people."""
    few, many = (f"{number:,}" for number in report.numbers)
    head = f"{'what':<34}{few:>12}{many:>14}{'ratio':>7}{'CPU alone':>13}"
    lines = [
        f"{one.name:<34}{one.few:>9.3f} ms{one.many:>11.3f} ms{one.ratio:>7.2f}"
        f"{one.cpu_ratio:>13.2f}{'' if one.is_good else '  too much'}"
        for one in report.figures
    ]
    sizes = [
        f"{number:,} requests: filled in {one.seconds:.0f} s, {one.size / 1e6:,.0f} MB"
        for number, one in zip(report.numbers, report.filled, strict=True)
    ]
    return "\n".join([f"{report.engine}, medians of {report.rounds} rounds", *sizes, head, *lines])
