"""The log passes the gate as well.

A line in which somebody could be recognised, or that could not be checked, is written without what
was filled into it: the words of our own code alone.
"""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import cast

from casework.egress import Gate
from casework.errors import CreditsDeskError

WITHHELD = "[withheld: somebody could be recognised]"
UNCHECKED = "[withheld: it could not be checked]"


class GuardedFormatter(logging.Formatter):
    """Formats as the logging module does, and lets nothing out that the gate would stop.

    Before :meth:`guard_with` is called there is nobody to recognise yet.
    """

    def __init__(self, fmt: str | None = None, datefmt: str | None = None) -> None:
        super().__init__(fmt, datefmt)
        self._gate: Gate | None = None
        self._checking = threading.local()

    def guard_with(self, gate: Gate) -> None:
        """Check every line from now on."""
        self._gate = gate

    def format(self, record: logging.LogRecord) -> str:
        """The line, traceback and all, or what is harmless of it."""
        line = super().format(record)
        if self._gate is None or getattr(self._checking, "now", False):
            return line
        self._checking.now = True
        try:
            return self._checked(line, record, self._gate)
        finally:
            self._checking.now = False

    def _checked(self, line: str, record: logging.LogRecord, gate: Gate) -> str:
        try:
            told = gate.look([[line]])
        except Exception:  # noqa: BLE001  whatever it was: an error here would be printed with the line
            return self._without_words(record, UNCHECKED)
        if not told:
            return line
        # Elsewhere, since this line may come from the thread that writes the journal.
        where = f"log: {record.filename}, line {record.lineno}"
        threading.Thread(target=_report, args=(gate, where, told), daemon=True).start()
        return self._without_words(record, WITHHELD)

    def _without_words(self, record: logging.LogRecord, instead: str) -> str:
        """What our own code says in any case: where it was, and the text with nothing filled in."""
        bare = logging.LogRecord(
            record.name,
            record.levelno,
            record.pathname,
            record.lineno,
            f"{instead} {record.filename}:{record.lineno}",
            None,
            None,
        )
        bare.created, bare.msecs = record.created, record.msecs
        return super().format(bare)


def _report(gate: Gate, where: str, told: frozenset[str]) -> None:
    """Journal the incident. Where the database is away it is not; the line is withheld anyway."""
    with suppress(CreditsDeskError):
        gate.report(where, told)


def guard_log(handlers: Iterable[logging.Handler], gate: Gate) -> None:
    """Have every line of these handlers checked, whoever has made them."""
    for handler in handlers:
        if not isinstance(handler.formatter, GuardedFormatter):
            handler.setFormatter(_guarded(handler.formatter))
        cast(GuardedFormatter, handler.formatter).guard_with(gate)


def _guarded(formatter: logging.Formatter | None) -> GuardedFormatter:
    """One that writes the same, in our way where the other is not of the plain kind."""
    plain = formatter if type(formatter) is logging.Formatter else logging.Formatter()
    return GuardedFormatter(plain._fmt, plain.datefmt)


def all_handlers() -> Iterator[logging.Handler]:
    """Those of every logger there is so far, and the one that speaks where a logger has none."""
    loggers = [logging.getLogger(), *logging.Logger.manager.loggerDict.values()]
    for logger in loggers:
        if isinstance(logger, logging.Logger):
            yield from logger.handlers
    if logging.lastResort:
        yield logging.lastResort
