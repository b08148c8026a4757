"""``POST /crm/v3/objects/contacts/gdpr-delete``: with a contact go its threads and submissions."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.api.objects import PATHS
from sandbox.api.routes import read_json, serve
from sandbox.crm.erasure import erase_contact
from sandbox.crm.object_types import CONTACT, ObjectType
from sandbox.crm.records import Record
from sandbox.errors import ApiError
from sandbox.parts import Parts, parts

blueprint = Blueprint("erasing", __name__)


@serve(blueprint, "POST", PATHS, "/gdpr-delete")
def erase(kind: ObjectType) -> ResponseReturnValue:
    """Delete a contact for good: ``{"objectId", "idProperty"?}``.

    An address that nobody has is blocked all the same.
    """
    if kind is not CONTACT:
        raise ApiError(400, "Only contacts can be deleted so")
    body, here = read_json(), parts()
    name, value = str(body.get("idProperty") or ""), str(body.get("objectId") or "")
    if not value:
        raise ApiError(400, "objectId is required")
    contact = here.account.find(CONTACT, value, name)
    if contact is not None:
        erase_contact(here.account, contact, here.app_source)
        here.conversations.forget(contact, here.app_source)
        _drop_submissions(here, contact)
    elif name == "email":
        here.account.block(value)
    else:
        here.account.get(CONTACT, value, name)
    return "", 204


def _drop_submissions(here: Parts, contact: Record) -> None:
    """HubSpot takes a contact's own submissions away as well, within thirty days."""
    email = contact.properties.get("email", "").casefold()
    kept = [one for one in here.submissions if one.value("email").casefold() != email]
    here.submissions[:] = kept
