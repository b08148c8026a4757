"""The log passes the gate as well.

A line in which somebody could be recognised, or that could not be checked, is written without what
was filled into it: the words of our own code alone.
"""

import logging
import threading
from collections.abc import Collection

from casework.egress import Gate
from casework.errors import CreditsDeskError

WITHHELD = "[withheld: somebody could be recognised]"
UNCHECKED = "[withheld: it could not be checked]"


class GuardedFormatter(logging.Formatter):
    """Formats as the logging module does, and lets nothing out that the gate would stop.

    Before :meth:`guard_with` is called there is nobody to recognise yet.
    """

    def __init__(self, fmt: str | None = None) -> None:
        super().__init__(fmt)
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
        except CreditsDeskError:
            return self._without_words(record, UNCHECKED)
        if not told:
            return line
        # Elsewhere, since this line may come from the thread that writes the journal.
        where = f"log: {record.filename}, line {record.lineno}"
        threading.Thread(target=gate.report, args=(where, told), daemon=True).start()
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


def guard_log(handlers: Collection[logging.Handler], gate: Gate) -> None:
    """Have every line of these handlers checked."""
    for handler in handlers:
        if isinstance(handler.formatter, GuardedFormatter):
            handler.formatter.guard_with(gate)
