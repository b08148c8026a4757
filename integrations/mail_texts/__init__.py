"""The mails to professionals: one folder a language, one pair of files a mail.

The first line of a mail's text is its subject. A mail may say the reference, the day of the
submission and the number of credits, and nothing about the client or the organisation.
"""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from casework.ports import Mail
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
        path = f"{self._language}/{mail.kind}"
        plain = self._templates.get_template(f"{path}.txt").render(words)
        subject, _, text = plain.partition("\n")
        words["subject"] = subject
        html = self._templates.get_template(f"{path}.html").render(words)
        return WrittenMail(subject.strip(), text.lstrip("\n"), html)
