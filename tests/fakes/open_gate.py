"""A gate that lets everything through, for tests of what lies behind it."""

from collections.abc import Collection, Iterable, Sequence

from casework.identifiers import Whose


class OpenGate:
    """Keeps what passed."""

    def __init__(self) -> None:
        self.passed: list[tuple[str, list[list[str]]]] = []

    def check(
        self,
        where: str,
        units: Iterable[Sequence[str]],
        *,
        may_name: Collection[Whose] = (),
        spoken_of: str = "",
    ) -> None:
        self.passed.append((where, [list(unit) for unit in units]))
