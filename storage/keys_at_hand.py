"""The keys that are in memory, kept in step with the file they came from."""

import logging
import threading
import time
from collections.abc import Callable

from tink import aead, prf

from casework.errors import CreditsDeskError
from storage.keysets import Keyset, read_keyset

log = logging.getLogger(__name__)

_DIGEST_BYTES = 16

#: A text that was refused is tried again after this, in seconds: a key service may be back.
_TRY_AGAIN_AFTER = 60.0


class Keys:
    """One text of a keyset, opened. Tink's primitives may be used by several threads at once."""

    def __init__(self, text: str) -> None:
        """Raises :class:`CreditsDeskError` if it cannot be opened."""
        self.text = text
        self.keyset: Keyset = read_keyset(text)
        self.aead: aead.Aead = self.keyset.sealing.primitive(aead.Aead)
        self._prf = self.keyset.digests.primitive(prf.PrfSet).primary()

    def digest(self, text: str) -> str:
        """A keyed digest of 32 hexadecimal digits."""
        value: bytes = self._prf.compute(text.encode(), _DIGEST_BYTES)
        return value.hex()


class KeysAtHand:
    """The keys as their file has them now.

    While the file is away or makes no sense, or holds the keys of somebody else, the last good
    ones hold, and the log says so once. A key service that is away is asked again later.
    """

    def __init__(self, read: Callable[[], str]) -> None:
        """Raises :class:`CreditsDeskError` if the keys cannot be opened."""
        self._read = read
        self._changing = threading.Lock()
        self._refused: tuple[str | None, float] = (None, 0.0)
        self.last = Keys(read())

    def look(self, *, wait: bool = False) -> Keys:
        """The keys now. ``wait``: also for somebody else who is just opening changed ones."""
        text = self._read()
        if text == self.last.text or not self._changing.acquire(blocking=wait):
            return self.last
        try:
            complaint = self._change_to(text)
        finally:
            self._changing.release()
        # Outside the lock: what is logged passes the gate, which makes digests with these keys.
        if complaint:
            log.error("a changed keyset is not used, the keys from before hold: %s", complaint)
        return self.last

    def _change_to(self, text: str) -> str:
        """Returns what is wrong with it, if that was not said before."""
        refused, again_at = self._refused
        if text == self.last.text or (text == refused and time.monotonic() < again_at):
            return ""
        complaint = ""
        try:
            keys = Keys(text)
            if keys.digest("") != self.last.digest(""):
                complaint = "it is another keyset, not this one with a key more or less"
        except CreditsDeskError as error:
            complaint = str(error)
        if complaint:
            self._refused = (text, time.monotonic() + _TRY_AGAIN_AFTER)
            return "" if text == refused else complaint
        self.last = keys
        return ""
