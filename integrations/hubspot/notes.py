"""Notes on a ticket: plain text of ours, HTML at HubSpot's."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from casework.errors import Refused
from integrations.hubspot.batches import LARGEST, dicts_in, property_of, read
from integrations.hubspot.calls import ADD_NOTE, READ_NOTES, READ_TICKET
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NOT_FOUND
from integrations.hubspot.objects import CrmObject

_BODY = "hs_note_body"
_LINE_BREAK = re.compile(r"<br\s*/?>|</p>|</div>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


class Notes:
    """Adds notes, and looks them up."""

    def __init__(self, client: HubSpotClient, crm_object: CrmObject) -> None:
        self._client, self._object = client, crm_object

    def add(self, ticket_id: str, text: str) -> None:
        """Make a note that is linked to the ticket. Never repeated: asking twice makes two."""
        link = {
            "associationCategory": "HUBSPOT_DEFINED",
            "associationTypeId": self._object.note_association,
        }
        body = {
            "properties": {"hs_timestamp": datetime.now(UTC).isoformat(), _BODY: as_html(text)},
            "associations": [{"to": {"id": ticket_id}, "types": [link]}],
        }
        self._client.call(ADD_NOTE, body)

    def has(self, ticket_id: str, text: str) -> bool:
        """Whether one of the ticket's notes has this text."""
        ids = self._find_ids(ticket_id)
        wanted = _bare(as_html(text))
        pieces = (ids[start : start + LARGEST] for start in range(0, len(ids), LARGEST))
        return any(wanted == _bare(body) for piece in pieces for body in self._read(piece))

    def _find_ids(self, ticket_id: str) -> list[str]:
        try:
            ticket = self._client.call(
                READ_TICKET,
                query=[("associations", "notes")],
                objects=self._object.plural,
                id=ticket_id,
            )
        except Refused as error:
            if error.code == NOT_FOUND:
                return []
            raise
        linked = (ticket.get("associations") or {}).get("notes") or {}
        # A note may be linked in two ways, and is listed twice then.
        return list(dict.fromkeys(str(note.get("id")) for note in dicts_in(linked, "results")))

    def _read(self, ids: list[str]) -> Iterator[str]:
        body = {"properties": [_BODY], "inputs": [{"id": note} for note in ids]}
        for note in read(self._client, READ_NOTES, "notes", body):
            yield property_of(note, _BODY)


def as_html(text: str) -> str:
    """Plain text as HTML that shows it."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def _bare(markup: str) -> str:
    """The words alone, since HubSpot may tidy up the markup."""
    words = _TAG.sub("", _LINE_BREAK.sub(" ", markup))
    return " ".join(html.unescape(words).split())
