"""The mails to professionals, and to staff: one folder a language, one pair of files a mail.

The first line of a mail's text is its subject. A mail may say the reference, the day of the
submission and the number of credits, and nothing about the client or the organisation. One to staff
may say references, stages, days and numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from casework.ports import Digest, Mail
from casework.wording import day


@dataclass(frozen=True)
class WrittenMail:
    """A mail, ready to be sent."""

    subject: str
    text: str
    html: str


class MailTexts:
    """Writes mails in one language."""

    def __init__(self, language: str = "en") -> None:
        self._language = language
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def write(self, mail: Mail) -> WrittenMail:
        """Fill in a mail's text and HTML."""
        words = {"reference": mail.reference, "day": day(mail.day), "credits": mail.credits}
        return self._fill_in(str(mail.kind), words)

    def write_digest(self, digest: Digest) -> WrittenMail:
        """Fill in what staff are told before it is erased."""
        return self._fill_in("retention", {**vars(digest), "digest": digest, "in_words": day})

    def _fill_in(self, name: str, filled_in: Mapping[str, Any]) -> WrittenMail:
        words, path = dict(filled_in), f"{self._language}/{name}"
        plain = self._templates.get_template(f"{path}.txt").render(words)
        subject, _, text = plain.partition("\n")
        words["subject"] = subject
        html = self._templates.get_template(f"{path}.html").render(words)
        return WrittenMail(subject.strip(), text.lstrip("\n"), html)
