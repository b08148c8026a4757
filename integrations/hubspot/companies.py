"""HubSpot's companies: the list of them, and which one a ticket is about.

Source: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
"""

import re
from collections.abc import Mapping
from typing import Any

from casework.errors import CreditsDeskError, OutsideError, Refused, Unavailable
from casework.organisations import Company
from casework.ports import CompanyPage
from integrations.hubspot.batches import (
    LARGEST,
    Record,
    dicts_in,
    next_page_in,
    property_of,
    records_in,
)
from integrations.hubspot.calls import ASSOCIATE_COMPANIES, LIST_COMPANIES
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import SERVICE, fault_of_row
from integrations.hubspot.objects import LANGUAGE, MEMBERS

_DOMAIN, _MORE_DOMAINS = "domain", "hs_additional_domains"
_COUNTRY = "country"
#: The most of a name that is kept, in characters: as much as of an organisation as typed.
_LONGEST_NAME = 300
#: HubSpot leaves out those that the account does not have.
_PROPERTIES = f"name,{_DOMAIN},{_MORE_DOMAINS},{_COUNTRY},{MEMBERS},{LANGUAGE}"


class HubSpotCompanies:
    """Implements :class:`casework.ports.Companies`."""

    def __init__(self, client: HubSpotClient) -> None:
        self._client = client

    def read_companies(self, page: str | None) -> CompanyPage:
        """One page of up to 100, without those that have no name."""
        query = [("limit", str(LARGEST)), ("properties", _PROPERTIES)]
        document = self._client.call(
            LIST_COMPANIES, query=query + ([("after", page)] if page else [])
        )
        found = map(_company, records_in(LIST_COMPANIES.operation, document))
        return CompanyPage([one for one in found if one.name], next_page_in(document))


def _company(record: Record) -> Company:
    # HubSpot joins several values of one property with semicolons.
    typed = f"{property_of(record, _DOMAIN)};{property_of(record, _MORE_DOMAINS)}".split(";")
    domains = (domain.strip().casefold() for domain in typed)
    return Company(
        id=str(record["id"]),
        name=property_of(record, "name").strip()[:_LONGEST_NAME].strip(),
        domains=frozenset(filter(None, domains)),
        members=_read_members(property_of(record, MEMBERS)),
        language=property_of(record, LANGUAGE).strip(),
        country=property_of(record, _COUNTRY).strip(),
    )


def _read_members(text: str) -> int | None:
    """A whole number from nought up; anything else is not known. ``40`` may arrive as ``40.0``."""
    match = re.fullmatch(r"([0-9]{1,9})(?:\.0{1,9})?", text.strip(), flags=re.ASCII)
    return int(match[1]) if match else None


def associate(
    client: HubSpotClient, objects: str, companies: Mapping[str, str]
) -> dict[str, CreditsDeskError]:
    """Tie records to companies, by their ids. Returns the errors, by the record's id.

    HubSpot does not say in one way which pair was wrong, so halves are tried until it stands alone;
    what is tied already stays as it is.
    """
    if not companies:
        return {}
    pairs = [{"from": {"id": one}, "to": {"id": other}} for one, other in companies.items()]
    try:
        faults = _faults_in(client.call(ASSOCIATE_COMPANIES, {"inputs": pairs}, objects=objects))
    except Refused as error:
        faults = [error]
    if not faults:
        return {}
    if len(companies) == 1:
        return dict.fromkeys(companies, faults[0])
    return _associate_halves(client, objects, companies)


def _associate_halves(
    client: HubSpotClient, objects: str, companies: Mapping[str, str]
) -> dict[str, CreditsDeskError]:
    rows, errors = list(companies.items()), dict[str, CreditsDeskError]()
    middle = len(rows) // 2
    for half in (dict(rows[:middle]), dict(rows[middle:])):
        try:
            errors |= associate(client, objects, half)
        except Unavailable as error:
            errors |= dict.fromkeys(half, error)
    return errors


def _faults_in(document: Mapping[str, Any]) -> list[OutsideError]:
    operation = ASSOCIATE_COMPANIES.operation
    faults = [fault_of_row(operation, error) for error in dicts_in(document, "errors")]
    if not faults and document.get("numErrors"):
        return [Unavailable(SERVICE, operation, "NOT_EXPLAINED")]
    return faults
