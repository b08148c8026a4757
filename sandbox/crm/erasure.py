"""Deleting a contact for good.

Reference: https://knowledge.hubspot.com/privacy-and-consent/how-do-i-perform-a-gdpr-delete-in-hubspot
"""

from __future__ import annotations

from sandbox.crm.account import Account, Change
from sandbox.crm.object_types import CONTACT, OBJECT_TYPES
from sandbox.crm.records import Record, Source
from sandbox.times import now_ms


def erase_contact(account: Account, contact: Record, source: Source) -> None:
    """Delete a contact with its history; what it was tied to stays, and knows it no more.

    Its address cannot be added by hand again. A form, the API or a mail to the shared inbox can.
    """
    for kind in OBJECT_TYPES:
        for other_id in account.associations.ids(contact, kind):
            account.associations.unlink(contact, account.records[kind.id][other_id])
    del account.records[CONTACT.id][contact.id]
    account.block(contact.properties.get("email", ""))
    contact.archived, contact.archived_ms = True, now_ms()
    for what in ("deletion", "privacyDeletion"):
        account.tell(Change(what, contact, source, contact.archived_ms))
