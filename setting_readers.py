"""How the text of a setting becomes a value.

Each reader raises ValueError with plain words of what is expected, and never quotes what it got.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from casework.form_fields import FormField, FormFields
from casework.stages import Stage


def read_text(text: str) -> str:
    """Any text."""
    return text


def _split(text: str) -> SplitResult:
    """The parts of an address; none where it has none. What Python raises would quote it."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def read_url(text: str) -> str:
    """An address, without the slash at its end."""
    parts = _split(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be an http or https address without a query")
    return text.rstrip("/")


@dataclass(frozen=True)
class DatabaseAddress:
    """Where requests are kept: in an SQLite file, or at the address of a PostgreSQL server.

    That address may hold a password, so no ``repr`` shows it.
    """

    file: Path | None
    server: str = field(default="", repr=False)


def read_database(text: str) -> DatabaseAddress:
    """An SQLite file, or a database of a PostgreSQL server."""
    path = text.removeprefix("sqlite:///")
    if path and path != text:
        return DatabaseAddress(Path(path))
    parts = _split(text)
    if parts.scheme in ("postgresql", "postgres") and parts.path.strip("/"):
        return DatabaseAddress(None, text)
    raise ValueError(
        "must look like sqlite:///data/desk.db or postgresql://user:password@host/database"
    )


def read_digits(text: str) -> str:
    """A number that is a name, such as an account's id; or nothing."""
    if not re.fullmatch(r"[0-9]*", text, flags=re.ASCII):
        raise ValueError("must be a number")
    return text


def read_domain(text: str) -> str:
    """The domain of an address."""
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", text):
        raise ValueError("must be a domain in small letters, such as canary.example.org")
    return text


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader of one of a few words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"must be one of: {', '.join(allowed)}")
        return text

    return read


def read_several(text: str) -> tuple[str, ...]:
    """A list separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def read_secrets(text: str) -> tuple[str, ...]:
    """A list of secrets, at least one."""
    secrets = read_several(text)
    if not secrets:
        raise ValueError("must hold at least one secret")
    return secrets


def read_signatures(text: str) -> frozenset[str]:
    """The signature schemes."""
    schemes = frozenset(read_several(text))
    if not schemes or not schemes <= {"v1", "v2", "v3"}:
        raise ValueError("must be a list of v3, v2 and v1, such as v3,v2")
    return schemes


def read_form_id(text: str) -> str:
    """A form's id, or nothing."""
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|", text):
        raise ValueError("must look like 2934b12b-a885-4add-8e82-821a8b83388d")
    return text.lower()


def _pairs(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in read_several(text)]
    if any(not (equals and name.strip() and value.strip()) for name, equals, value in pairs):
        raise ValueError("must be a list of name=value, separated by commas")
    return {name.strip(): value.strip() for name, _, value in pairs}


def read_form_fields(text: str) -> FormFields:
    """Which form field is what."""
    pairs = _pairs(text)
    known = {"client_email", "organisation", "professional_email", "reason"}
    missing = known - {"reason"} - pairs.keys()
    if missing or pairs.keys() - known:
        raise ValueError(
            "must name the form's fields: client_email=…,organisation=…,professional_email=…"
            " and perhaps reason=…"
        )
    return FormFields(**{name: FormField.parse(field) for name, field in pairs.items()})


def read_stages(text: str) -> dict[Stage, str]:
    """The ids of all stages, or of none."""
    pairs = _pairs(text) if text else {}
    if pairs and set(pairs) != set(Stage):
        raise ValueError(f"must give an id for each of: {', '.join(Stage)}; or be empty")
    if len(set(pairs.values())) != len(pairs):
        raise ValueError("must not give the same id twice")
    return {Stage(name): stage_id for name, stage_id in pairs.items()}


def read_address(text: str) -> str:
    """An e-mail address, with or without a name."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+|[^<>@]*<[^@\s<>]+@[^@\s<>]+>", text):
        raise ValueError("must be an e-mail address, such as Credits Desk <credits@example.org>")
    return text


def read_addresses(text: str) -> tuple[str, ...]:
    """A list of e-mail addresses."""
    return tuple(read_address(part) for part in read_several(text))


def read_smtp_url(text: str) -> str:
    """A mail server, or nothing."""
    parts = _split(text)
    if text and (parts.scheme not in ("smtp", "smtps", "smtp+starttls") or not parts.hostname):
        raise ValueError("must look like smtp://user:password@mail.example.org:587")
    return text


def read_optional_url(text: str) -> str:
    """An address, or nothing."""
    return read_url(text) if text else ""


def read_optional_address(text: str) -> str:
    """An e-mail address, or nothing."""
    return read_address(text) if text else ""
