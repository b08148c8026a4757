"""Looking for the canary: what can be read where, and what of it is a leak."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from casework.disguises import Needles
from casework.errors import CreditsDeskError
from casework.form_fields import Answer


@dataclass(frozen=True)
class Passage:
    """A text that somebody could read, and where. ``repr`` shows the place only.

    ``expected``: what the hosted form leaves there by itself, and nobody can take away.
    """

    place: str
    text: str = field(repr=False)
    expected: bool = False


class FormDoor(Protocol):
    """The form that professionals fill in."""

    def submit(self, answers: Sequence[Answer]) -> None:
        """Send it. Raises :class:`CreditsDeskError` where it is not taken."""


class Finder(Protocol):
    """The CRM, read wherever somebody who looks for a client could read it.

    Every method may raise :class:`CreditsDeskError`, also while its passages are gone through.
    """

    def search(self, kind: str, words: Sequence[str]) -> Iterable[Passage]:
        """What a search for any of the words brings, in full. It may be some seconds behind."""

    def read_ticket(self, ticket_id: str) -> Iterable[Passage]:
        """The ticket, its history, and all that is tied to it."""

    def read_professional(self, email: str) -> Iterable[Passage]:
        """The contact of the professional who filled in the form, and its history."""

    def read_threads(self, ticket_id: str, since: int) -> Iterable[Passage]:
        """The mail of the ticket, and all mail since then, in Unix milliseconds."""


@dataclass(frozen=True)
class Sighting:
    """The canary was found. ``written`` names the disguises, never what was found."""

    place: str
    written: str


@dataclass(frozen=True)
class Looked:
    """What came of looking.

    ``leaks`` should not be there; ``expected`` is what the form leaves by itself; ``unseen`` are
    the places that could not be read, and why.
    """

    leaks: Sequence[Sighting] = ()
    expected: Sequence[Sighting] = ()
    unseen: Mapping[str, str] = field(default_factory=dict)

    def then(self, later: "Looked") -> "Looked":
        """Both together, each sighting once."""
        return Looked(
            list(dict.fromkeys([*self.leaks, *later.leaks])),
            list(dict.fromkeys([*self.expected, *later.expected])),
            {**self.unseen, **later.unseen},
        )


def look_in(place: str, read: Callable[[], Iterable[Passage]], needles: Needles) -> Looked:
    """Read one place, and tell what is there of the canary."""
    leaks, expected = list[Sighting](), list[Sighting]()
    try:
        for passage, written in _found(read(), needles):
            (expected if passage.expected else leaks).append(Sighting(passage.place, written))
    except CreditsDeskError as error:
        return Looked(leaks, expected, {place: str(error)})
    return Looked(leaks, expected)


def _found(passages: Iterable[Passage], needles: Needles) -> Iterator[tuple[Passage, str]]:
    for passage in passages:
        if found := needles.find_in_text(passage.text):
            yield passage, found[0]
