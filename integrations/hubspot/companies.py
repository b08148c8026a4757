"""HubSpot's companies: the list of them, and which one a ticket is about.

Source: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
"""

from collections.abc import Mapping
from typing import Any

from casework.errors import CreditsDeskError, Refused
from casework.organisations import Company
from casework.ports import CompanyPage
from integrations.hubspot.batches import LARGEST, dicts_in, property_of
from integrations.hubspot.calls import ASSOCIATE_COMPANIES, ASSOCIATE_COMPANY, LIST_COMPANIES
from integrations.hubspot.client import HubSpotClient

_PROPERTIES = "name,domain,hs_additional_domains"


class HubSpotCompanies:
    """Implements :class:`casework.ports.Companies`."""

    def __init__(self, client: HubSpotClient) -> None:
        self._client = client

    def read_companies(self, page: str | None) -> CompanyPage:
        """One page of 100; the first for nothing, then whatever ``next_page`` said."""
        query = [("limit", str(LARGEST)), ("properties", _PROPERTIES)]
        document = self._client.call(
            LIST_COMPANIES, query=query + ([("after", page)] if page else [])
        )
        found = [_company(record) for record in dicts_in(document, "results")]
        following = (document.get("paging") or {}).get("next") or {}
        after = following.get("after")
        return CompanyPage([one for one in found if one.name], str(after) if after else None)


def _company(record: Mapping[str, Any]) -> Company:
    more = property_of(record, "hs_additional_domains").split(";")
    domains = [property_of(record, "domain"), *more]
    return Company(
        id=str(record.get("id")),
        name=property_of(record, "name").strip(),
        domains=frozenset(domain.strip().casefold() for domain in domains if domain.strip()),
    )


def associate(
    client: HubSpotClient, objects: str, companies: Mapping[str, str]
) -> Mapping[str, CreditsDeskError]:
    """Tie records to companies, by id. Returns the errors, by record.

    Where something is wrong with one pair, each is tried alone, since HubSpot's answer does not say
    in one way which it was; what was tied already stays as it is.
    """
    if not companies:
        return {}
    pairs = [{"from": {"id": one}, "to": {"id": other}} for one, other in companies.items()]
    try:
        document = client.call(ASSOCIATE_COMPANIES, {"inputs": pairs}, objects=objects)
        if not list(dicts_in(document, "errors")):
            return {}
    except Refused as error:
        if len(companies) == 1:
            return dict.fromkeys(companies, error)
    errors: dict[str, CreditsDeskError] = {}
    for record_id, company_id in companies.items():
        try:
            client.call(ASSOCIATE_COMPANY, objects=objects, id=record_id, company=company_id)
        except CreditsDeskError as error:
            errors[record_id] = error
    return errors
