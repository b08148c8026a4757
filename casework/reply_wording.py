"""What staff read on a ticket when an organisation has replied.

It says the same whoever is guessed, and has no place for a name or an address.
"""

from casework.reply_records import Reply
from casework.understand_reply import Meaning

REPLIED = "The organisation has replied. Read its mail, then move this to Approved or Declined."

_DECIDE = (
    "Please read the mail yourself; this is only a proposal. Moving this to Approved or Declined "
    "is the decision."
)
_MEANS: dict[Meaning, str] = {
    Meaning.APPROVE: "The organisation seems to agree",
    Meaning.OTHER_NUMBER: "The organisation seems to agree to another number",
    Meaning.DECLINE: "The organisation seems to decline",
    Meaning.QUESTION: "The organisation seems to ask something, or it is not plain what it decides",
    Meaning.WHO_IS_IT: "The organisation seems to ask who it is",
    Meaning.UNCLEAR: "The organisation has replied; what it decides is not plain",
}
_DECIDES = frozenset({Meaning.APPROVE, Meaning.OTHER_NUMBER, Meaning.DECLINE})
_NAMED = (
    "The mail asks who it is, or names somebody. Whether a guess is right or wrong, send the "
    "“Answer if asked who it is” that is on this record, as it stands, and nothing else about it."
)
_ATTACHED = "The mail has attachments. They were not copied; please do not forward them."
_AWAY = "An automatic reply came: somebody is away. Nobody has answered yet, so this stays here."
_BOUNCED = (
    "The mail to the organisation could not be delivered. Please check the address, and send the "
    "letter on this record again."
)
_UNKNOWN = (
    "A mail about this came from somebody who is no known contact of the company that is tied to "
    "this record, so it counts for nothing and this stays where it is. If the sender may answer "
    "for the company, tie their contact to the company; otherwise write to somebody who may."
)
_FILED = "The organisation has replied. Please read its mail, then move this on."


def note_for_reply(reply: Reply) -> str:
    """The note about a reply."""
    parts = [_says(reply)]
    if reply.names:
        parts.append(_NAMED)
    if reply.attachments:
        parts.append(_ATTACHED)
    return "\n\n".join(parts)


def _says(reply: Reply) -> str:
    if reply.meaning is Meaning.BOUNCE:
        return _BOUNCED
    if reply.meaning is Meaning.OUT_OF_OFFICE:
        return _AWAY
    if not reply.known:
        return _UNKNOWN
    if reply.meaning is None:
        return _FILED
    if reply.names and reply.meaning not in _DECIDES:
        return f"{_MEANS[Meaning.WHO_IS_IT]}. {_DECIDE}"
    amount = f": {reply.credits} credits" if reply.credits is not None else ""
    quoted = f" It rests on: “{reply.sentence}”." if reply.sentence else ""
    return f"{_MEANS[reply.meaning]}{amount}.{quoted} {_DECIDE}"
