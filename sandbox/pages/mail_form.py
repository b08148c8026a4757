"""A form with a mail in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import request

from sandbox.forms.submissions import ADDRESS

ADDRESSES = ("sender", "to", "cc")


@dataclass
class MailForm:
    """What was filled in, and what is wrong with it by the name of the field."""

    sender: str = ""
    to: str = ""
    cc: str = ""
    subject: str = ""
    text: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    def people(self, name: str) -> list[str]:
        """The addresses of one field, where commas part them."""
        return [one.strip() for one in str(getattr(self, name)).split(",") if one.strip()]


def read_form(needs: tuple[str, ...]) -> MailForm:
    """The form of the request; ``needs`` are the fields that may not be empty."""
    form = MailForm(
        _filled("sender"), _filled("to"), _filled("cc"), _filled("subject"), _filled("text")
    )
    form.wrong = {name: "Please fill this in." for name in needs if not _filled(name)}
    for name in ADDRESSES:
        if not all(_is_address(one) for one in form.people(name)):
            form.wrong[name] = "Please give an email address, like name@example.org."
    return form


def _filled(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def _is_address(given: str) -> bool:
    bare = given.rpartition("<")[2].removesuffix(">") if "<" in given else given
    return ADDRESS.fullmatch(bare) is not None
