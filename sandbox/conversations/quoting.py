"""Mail programs put what was said before under an answer; HubSpot tries to cut it off again."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime

NOT_TRUNCATED = "NOT_TRUNCATED"
TO_RECENT = "TRUNCATED_TO_MOST_RECENT_REPLY"
TRUNCATED = "TRUNCATED"
STYLES = ("gmail", "outlook", "icelandic")
"""The last is one that is not recognised, so the history stays in the text."""
_CUTS = (
    re.compile(r"^On .{4,200} wrote:\s*$", re.MULTILINE | re.DOTALL),
    re.compile(r"^-{2,} ?Original Message ?-{2,}", re.MULTILINE | re.IGNORECASE),
    re.compile(r"^_{10,}\s*\nFrom: ", re.MULTILINE),
    re.compile(r"^From: .+\n(?:Sent|Date): .+\nTo: ", re.MULTILINE),
)


@dataclass(frozen=True)
class Shown:
    """What a message shows of a mail's text. ``status`` is HubSpot's word for what is missing."""

    text: str
    status: str


def show(text: str, longest: int) -> Shown:
    """A mail's text as a message carries it: without history, and not without end."""
    found = [cut.start() for pattern in _CUTS if (cut := pattern.search(text))]
    recent = text[: min(found)].rstrip() if found else ""
    shown, status = (recent, TO_RECENT) if recent else (text, NOT_TRUNCATED)
    if len(shown) > longest:
        return Shown(shown[:longest], TRUNCATED)
    return Shown(shown, status)


def quote(style: str, earlier: str, who: str, subject: str, at_ms: int) -> str:
    """What a mail program puts under an answer to a mail of ``who``. ``at_ms`` is Unix ms."""
    at = datetime.fromtimestamp(at_ms / 1000, tz=UTC)
    lines = "\n".join(f"> {line}".rstrip() for line in earlier.splitlines())
    if style == "outlook":
        head = f"From: {who}\nSent: {at:%A, %B %d, %Y %H:%M}\nTo: you\nSubject: {subject}"
        return f"{'_' * 32}\n{head}\n\n{earlier}"
    if style == "icelandic":
        return f"Þann {at:%d.%m.%Y} kl. {at:%H:%M} skrifaði {who}:\n{lines}"
    return f"On {at:%a, %d %b %Y at %H:%M} {who} wrote:\n\n{lines}"


def as_html(text: str) -> str:
    """A plain text as the simplest HTML that looks the same."""
    paragraphs = text.split("\n\n")
    return "".join(f"<p>{html.escape(one).replace(chr(10), '<br>')}</p>" for one in paragraphs)
