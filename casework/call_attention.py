"""Calls staff to a ticket, with a note that says what to do."""

from casework import wording
from casework.records import Records
from casework.stages import Stage
from casework.wording import Attention
from casework.work import Kind


def call_for_attention(records: Records, reference: str, attention: Attention, now: int) -> None:
    """Move the ticket to Needs attention, with a note that says what to do."""
    records.requests.wish(
        reference,
        move_to=Stage.NEEDS_ATTENTION,
        attention=attention,
        status_line=wording.status_for(attention),
    )
    records.journal.write("attention", reference, now, why=attention)
    records.work.ask(Kind.WRITE_BACK, [reference], now)
    add_note(records, reference, attention, now)


def add_note(records: Records, reference: str, attention: Attention, now: int) -> None:
    """Have the note put on the ticket; a later note about the same thing is another one."""
    records.work.ask(Kind.ADD_NOTE, [f"{reference}/{attention}/{now}"], now)
