"""Fills two stores and has everything done to both in turn."""

import statistics
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from pathlib import Path

from bench.growth.acts import Actor, Took
from bench.growth.filling import fill
from bench.growth.places import places
from bench.growth.report import Figure, Report
from storage.sealing import TinkSealer, new_keyset

#: What is read and made once is not what a round costs.
_WARMING_UP = 3

Tell = Callable[[str], None]


def measure(engine: str, folder: Path, numbers: tuple[int, int], rounds: int, tell: Tell) -> Report:
    """The figures of one engine, ``numbers`` being how many requests each store holds."""
    with ExitStack() as stack:
        make_place = stack.enter_context(places(engine, folder))
        sealer = TinkSealer(new_keyset())
        made = [make_place(str(number)) for number in numbers]
        filled = [
            fill(place, sealer, number, lambda what: tell(f"{engine}: filling {what} …"))
            for place, number in zip(made, numbers, strict=True)
        ]
        actors = [stack.enter_context(closing(Actor(place, sealer))) for place in made]
        few, many = _in_turn(actors, rounds, lambda turn: tell(f"{engine}: round {turn}"))
    names = sorted(set(many[0].clock) & set(few[0].clock))
    figures = [_figure(name, few, many) for name in names]
    return Report(engine, numbers, rounds, filled, figures)


def _in_turn(
    actors: list[Actor], rounds: int, tell: Callable[[int], None]
) -> tuple[list[Took], list[Took]]:
    """Piece by piece, so that whatever else the machine does falls on both. Who begins changes."""
    took: tuple[list[Took], list[Took]] = ([], [])
    for turn in range(1 - _WARMING_UP, rounds + 1):
        tell(turn)
        order = (0, 1) if turn % 2 else (1, 0)
        for one in zip(*(actors[number].act() for number in order), strict=True):
            last = one
        if turn > 0:
            for number, round_ in zip(order, last, strict=True):
                took[number].append(round_)
    return took


def _figure(name: str, few: list[Took], many: list[Took]) -> Figure:
    """Medians; the ratio is that of what was done right after each other."""
    return Figure(
        name,
        statistics.median(one.clock[name] for one in few),
        statistics.median(one.clock[name] for one in many),
        _ratio((one.clock[name], other.clock[name]) for one, other in zip(few, many, strict=True)),
        _ratio((one.cpu[name], other.cpu[name]) for one, other in zip(few, many, strict=True)),
    )


def _ratio(pairs: Iterable[tuple[float, float]]) -> float:
    return statistics.median(many / few if few else 1.0 for few, many in pairs)
