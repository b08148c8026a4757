"""The ways in which a careless program writes a text down, and finding them in bytes.

A text is looked for as it is, in small letters, capitals and without accents; each of these as it
stands in JSON, in a URL, in HTML, in UTF-16, in hexadecimal and in base64; and by the plain digests
that stand for an address in so many systems. Small letters and capitals may be mixed where the
letters still stand there as letters.
"""

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from casework.inflection import fold

#: A shorter row of bytes is found by chance in a large file.
_SHORTEST = 8
_DIGESTS = ("md5", "sha1", "sha256", "sha512")
#: Each base64 character stands for six bits.
_BITS = 6


class Needles:
    """What to look for. ``repr`` shows none of it.

    ``texts`` are the words themselves. Of ``digested`` the plain digests are looked for as well.
    Raises ValueError for a text so short that it would be found by chance.
    """

    def __init__(self, texts: Sequence[str], digested: Sequence[str] = ()) -> None:
        if any(len(fold(text).encode()) < _SHORTEST for text in texts):
            raise ValueError("too short to be looked for")
        found: dict[bytes, str] = {}
        for text in texts:
            for name, needle in disguises(text):
                found.setdefault(needle, name)
        for text in digested:
            for name, needle in digests(text):
                found.setdefault(needle, name)
        self._needles: Mapping[bytes, str] = {
            needle: name for needle, name in found.items() if len(needle) >= _SHORTEST
        }

    @property
    def longest(self) -> int:
        """The number of bytes of the longest."""
        return max(map(len, self._needles), default=0)

    def find_in(self, chunks: Iterable[bytes]) -> Sequence[str]:
        """The names of the disguises in what these pieces make together, in no special order.

        One that begins in a piece and ends in another is found as well.
        """
        found = dict[str, None]()
        held = b""
        for chunk in chunks:
            hay = held + chunk
            found.update(dict.fromkeys(self._find(hay)))
            held = hay[-(self.longest - 1) :] if self.longest > 1 else b""
        return list(found)

    def find_in_text(self, text: str) -> Sequence[str]:
        """The names of the disguises in a text; without accents it may stand there as well."""
        readings = dict.fromkeys((text, html.unescape(text), fold(text)))
        found = [name for one in readings for name in self._find(one.encode("utf-8", "replace"))]
        return list(dict.fromkeys(found))

    def _find(self, hay: bytes) -> Iterator[str]:
        small = hay.lower()  # ASCII only, which changes no length
        for needle, name in self._needles.items():
            if needle in hay or needle in small:
                yield name


def disguises(text: str) -> Iterator[tuple[str, bytes]]:
    """A name and the bytes of each way to write the text itself."""
    spellings = {
        "plain": text,
        "small letters": text.lower(),
        "capitals": text.upper(),
        "without accents": fold(text),
    }
    for spelling, spelt in spellings.items():
        for coding, coded in _codings(spelt):
            yield (spelling if coding == "plain" else f"{spelling}, {coding}"), coded


def _codings(text: str) -> Iterator[tuple[str, bytes]]:
    raw = text.encode()
    yield "plain", raw
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "URL", quote(text, safe="").encode()
    yield "URL in small letters", quote(text, safe="").lower().encode()
    yield "HTML", text.encode("ascii", "xmlcharrefreplace")
    yield "UTF-16", text.encode("utf-16-le")
    yield "UTF-16, the other way round", text.encode("utf-16-be")
    yield "hexadecimal", raw.hex().encode()
    for offset in range(3):
        encoded = _in_base64(raw, offset)
        yield f"base64 at {offset}", encoded
        url_safe = encoded.replace(b"+", b"-").replace(b"/", b"_")
        yield f"URL-safe base64 at {offset}", url_safe


def _in_base64(raw: bytes, offset: int) -> bytes:
    """The characters that are certain, whatever stands before and after."""
    first = -(-8 * offset // _BITS)
    last = 8 * (offset + len(raw)) // _BITS
    return base64.b64encode(b"\0" * offset + raw)[first:last]


def digests(text: str) -> Iterator[tuple[str, bytes]]:
    """A name and the bytes of each plain digest of the text, as it is and in small letters."""
    for spelt in dict.fromkeys((text, text.lower(), text.upper(), fold(text))):
        for algorithm in _DIGESTS:
            digest = hashlib.new(algorithm, spelt.encode(), usedforsecurity=False)
            yield algorithm, digest.hexdigest().encode()
            yield f"{algorithm}, in bytes", digest.digest()
            # What is left over at the end has padding, or none.
            yield f"{algorithm}, in base64", base64.b64encode(digest.digest()).rstrip(b"=")
            url_safe = base64.urlsafe_b64encode(digest.digest()).rstrip(b"=")
            yield f"{algorithm}, in URL-safe base64", url_safe
