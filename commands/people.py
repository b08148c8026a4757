"""Commands about people: what is sealed of them is opened, handed over, or erased."""

import json
import re
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from casework import wording
from casework.export_person import PersonalExport, export_person
from casework.forget import Erased, Forgotten, forget
from casework.people import Elsewhere
from casework.request import Role
from casework.reveal import SealedField, reveal
from commands.opening import as_json, for_the_journal, new_file, open_all, open_kept, print_json
from config import Config
from steady import wall_clock

_NOTHING = "Nothing is kept of this person here. HubSpot may still hold something: look there."

_NOT_PURGED = (
    "What was erased may still be in the database's log, because somebody was reading. Run this "
    "again in a minute; where it is Litestream that reads, docs/backups.md says how, and for "
    "PostgreSQL, which clears up by itself, docs/postgresql.md."
)

_by = click.option("--by", required=True, callback=for_the_journal, help="Your name or initials.")
_reason = click.option("--reason", required=True, callback=for_the_journal, help="Why.")


def _read_address(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    """The address as an argument, or from standard input."""
    if typed != "-":
        return typed.strip()
    if sys.stdin.isatty():
        return str(click.prompt("E-mail address", err=True)).strip()
    return sys.stdin.readline().strip()


_address = click.argument("email", callback=_read_address)


@click.command("reveal")
@click.argument("reference")
@click.argument("field", type=click.Choice([field.value for field in SealedField]))
@_by
@_reason
def reveal_command(reference: str, field: str, by: str, reason: str) -> None:
    """Show one sealed FIELD of a request, once, here.

    Who looked and why is written into the journal first, and stays there. Neither may hold a word
    of the addresses in that request.
    """
    with open_kept() as (_, store):
        found = reveal(
            reference, SealedField(field), by=by, reason=reason, now=wall_clock(), store=store
        )
    click.echo(_harmless(found) or "(empty)")


@click.command("forget")
@_address
@_by
@_reason
@as_json
def forget_command(email: str, by: str, reason: str, *, as_json: bool) -> None:
    """Erase what is kept of the person with this address, as client and as professional.

    Give - for EMAIL and type or pipe the address, so that it stands in no shell history. What is
    left elsewhere, and what to do there, is printed. It cannot be undone.
    """
    with open_all() as (_, store, sealer):
        done = forget(email, by=by, reason=reason, now=wall_clock(), store=store, sealer=sealer)
    if as_json:
        print_json(asdict(done))
    elif done.anything:
        click.echo("\n".join(_tell(done)))
    else:
        click.echo(_NOTHING)
    if not done.purged and not as_json:
        click.echo(_NOT_PURGED)
    if not done.anything:
        raise SystemExit(1)


def _tell(done: Forgotten) -> list[str]:
    lines = [line for erased in done.requests for line in _tell_of(erased)]
    if done.deliveries:
        lines.append(f"Forms that were not read yet, erased: {done.deliveries}.")
    lines += [f"{ref}: the address was erased from the ledger." for ref in done.blanked]
    lines += [
        f"{ref}: LEFT in the ledger, since nobody has exported it yet. Run `desk ledger export`, "
        "enter the credits, delete the file, and run `desk forget` again."
        for ref in done.waiting
    ]
    left = {one for erased in done.requests for one in erased.left}
    return lines + [text for one, text in _ONCE.items() if one in left]


def _tell_of(erased: Erased) -> list[str]:
    lines = [f"{erased.reference}: {_ERASED[erased.role]}"]
    for one in erased.left:
        if one in _PER_REQUEST:
            lines.append(
                "  "
                + _PER_REQUEST[one].format(submission=_submission(erased), ticket=erased.ticket_id)
            )
    return lines


def _submission(erased: Erased) -> str:
    day = wording.day(erased.submitted_at)
    return f"of {day}" + (f", conversion id {erased.conversion_id}" if erased.conversion_id else "")


_ERASED = {
    Role.CLIENT: "the client's address, the professional's address and the reason were erased.",
    Role.PROFESSIONAL: "the professional's address and the reason were erased.",
}

#: What to do about what one request has left elsewhere.
_PER_REQUEST = {
    Elsewhere.SUBMISSION: (
        "HubSpot keeps the submission {submission}: find it under Forms → Submissions. No API "
        "deletes it; where the page offers no way either, ask HubSpot's support."
    ),
    Elsewhere.PROPERTY_HISTORY: (
        "HubSpot keeps what the form wrote in the properties, and the property history, of the "
        "professional's contact: clear the properties there, or a workflow may send them again. "
        "The history goes only with the contact."
    ),
    Elsewhere.TICKET_HISTORY: (
        "The ticket {ticket} showed the redacted reason. It is taken off, but stays in the history "
        "of that property: delete the ticket in HubSpot, permanently, if it must go."
    ),
    Elsewhere.MAILS: (
        "Mails went to the professional: they are in that mailbox and in the mail server's log."
    ),
    Elsewhere.CREDITS: "The credits platform keeps the credits and whose they are: ask there.",
}

#: What to do about what a person has left elsewhere, whatever the number of requests.
_ONCE = {
    Elsewhere.CONTACT: (
        "If HubSpot has a contact of this person: open it, Actions → Delete, and choose to delete "
        "it permanently, for privacy. HubSpot takes up to 30 days."
    ),
    Elsewhere.BACKUPS: (
        "Backups of the database hold sealed copies until they are rotated out. Whoever restores "
        "one has to run this again."
    ),
}


@click.command("export")
@_address
@_by
@_reason
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), help="A new file.")
def export_command(email: str, by: str, reason: str, file: Path | None) -> None:
    """Write all that is kept of the person with this address as JSON, to be handed to them.

    Give - for EMAIL and type or pipe the address, so that it stands in no shell history. With --to
    it goes to a new file that only you may read: delete it once it is handed over.
    """
    target = new_file(file) if file else nullcontext(sys.stdout)
    with open_all() as (config, store, sealer), target as out:
        found = export_person(
            email, by=by, reason=reason, now=wall_clock(), store=store, sealer=sealer
        )
        if not found.anything:
            raise click.ClickException(_NOTHING)
        text = json.dumps(_document(found, config), indent=2, ensure_ascii=False)
        out.write(_CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")


def _document(found: PersonalExport, config: Config) -> dict[str, Any]:
    return {
        "requests": found.requests,
        "forms_not_read_yet": found.deliveries,
        "ledger": found.ledger,
        "held_elsewhere": {one: _WHERE[one] for one in Elsewhere},
        "recipients": {
            "crm": "HubSpot: reference, organisation as typed, stage, credits; nobody's address",
            "credits_platform": "the client's address, the credits and the reference"
            if config.credits_api_url
            else "none: credits are entered by hand from an exported list",
            "mail_server": "the professional's address" if config.smtp_url else "none",
        },
        "kept": {
            "retention_days": config.retention_days,
            "erased": "when the person asks, and by age",
        },
    }


#: What another holder keeps, in words for the person themselves.
_WHERE = {
    Elsewhere.SUBMISSION: "HubSpot keeps the form as it was submitted.",
    Elsewhere.PROPERTY_HISTORY: "HubSpot keeps the answers on the professional's contact.",
    Elsewhere.TICKET_HISTORY: "HubSpot keeps the reason, without what could identify you.",
    Elsewhere.CONTACT: "HubSpot may keep a contact of you.",
    Elsewhere.MAILS: "Mails about it are in the professional's mailbox.",
    Elsewhere.CREDITS: "The credits platform keeps the credits that were added.",
    Elsewhere.BACKUPS: "Backups hold sealed copies until they are rotated out.",
}

#: What a terminal might obey; JSON escapes those below a space by itself.
_CONTROL = re.compile(r"[\x7f-\x9f]")


def _harmless(text: str) -> str:
    """What somebody typed on the form, without anything that a terminal would obey."""
    return "".join(one if one.isprintable() or one == "\n" else "�" for one in text)
