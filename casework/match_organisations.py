"""Each typed organisation is looked up among the CRM's companies; see :mod:`organisations`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from casework.approve_by_rule import approve_by_rule
from casework.call_attention import add_note, call_for_attention
from casework.errors import CreditsDeskError
from casework.languages import Language, language_for
from casework.organisations import Certainty, Company, CompanyBook, Match
from casework.ports import Companies, Desk
from casework.records import Records, Store
from casework.request import CreditRequest
from casework.small_groups import may_ask_about_one
from casework.stages import OPEN_STAGES, Stage
from casework.typed_organisation import says_something
from casework.wording import Attention
from casework.work import Kind
from casework.worker import WHOLE, Leftovers, LookAgain

#: How often the CRM's companies are read, in milliseconds.
SYNC_EVERY = 6 * 3_600_000
SYNC_MARK = "companies_read_at"

#: How certain it is where staff chose the company themselves.
BY_HAND = "by_hand"

_HOLDS = {
    Certainty.UNSURE: Attention.UNSURE_ORGANISATION,
    Certainty.CONTRADICTION: Attention.CONTRADICTION,
}


def sync_companies(
    _keys: Sequence[str], now: int, *, store: Store, companies: Companies
) -> Leftovers:
    """Read all of the CRM's companies, and have those requests matched that waited for it."""
    page_key: str | None = None
    seen = set[str]()
    while True:
        page = companies.read_companies(page_key)
        store.write(partial(_keep, companies=page.companies, now=now))
        page_key = page.next_page
        if page_key is None or page_key in seen:
            break
        seen.add(page_key)

    def finish(records: Records) -> None:
        records.companies.drop_unseen(now)
        records.marks.set(SYNC_MARK, now)
        records.work.ask(Kind.MATCH_ORGANISATION, records.requests.find_unmatched(), now)

    store.write(finish)
    return {WHOLE: LookAgain(now + SYNC_EVERY)}


def _keep(records: Records, companies: Sequence[Company], now: int) -> None:
    records.companies.keep(companies, now)


class OrganisationGuard:
    """Keeps the companies at hand between rounds.

    ``small_group_ask``: an organisation with fewer members is not asked about one person.
    ``credits_max``: the most that a standing rule adds to one request.
    ``letter_language``: in which a company is written to whose own language is not known.
    """

    def __init__(
        self,
        store: Store,
        desk: Desk,
        *,
        small_group_ask: int,
        credits_max: int,
        letter_language: Language,
    ) -> None:
        self._store, self._desk = store, desk
        self._letter_language = letter_language
        self._small_group_ask, self._credits_max = small_group_ask, credits_max
        self._book = CompanyBook([])
        self._read_at: int | None = None

    def match_organisations(self, keys: Sequence[str], now: int) -> Leftovers:
        """Tie the tickets whose organisation is certain; hold those where it is not.

        Only of requests that the list has confirmed, since a tie to a company of an unproved name
        would stay. While the companies could not be read yet nothing is done: that asks again.
        """
        book = self._current_book()
        if book is None:
            return {}
        requests = self._store.read(lambda records: records.requests.find(keys))
        matches = {
            request.reference: self._match(request, book)
            for request in requests.values()
            if request.ticket_id and request.confirmed and not (request.matched or request.erased)
        }
        errors = self._associate(requests, matches)

        def record(records: Records) -> None:
            for reference, match in matches.items():
                if reference not in errors:
                    self._record(records, requests[reference], match, now)

        self._store.write(record)
        return errors

    def _current_book(self) -> CompanyBook | None:
        read_at = self._store.read(lambda records: records.marks.find(SYNC_MARK))
        if read_at is None:
            return None
        if read_at != self._read_at:
            self._book = CompanyBook(self._store.read(lambda r: r.companies.find_all()))
            self._read_at = read_at
        return self._book

    def _match(self, request: CreditRequest, book: CompanyBook) -> Match:
        if not says_something(request.organisation):
            return Match(Certainty.UNKNOWN)
        details = self._store.read(lambda r: r.requests.get_details(request.reference))
        return book.match(request.organisation, details.client_email)

    def _associate(
        self, requests: Mapping[str, CreditRequest], matches: Mapping[str, Match]
    ) -> dict[str, CreditsDeskError]:
        """Returns the errors, by reference."""
        by_ticket = {
            requests[reference].ticket_id or "": (reference, match.company.id)
            for reference, match in matches.items()
            if match.company
        }
        if not by_ticket:
            return {}
        errors = self._desk.associate_companies({t: c for t, (_, c) in by_ticket.items()})
        return {by_ticket[ticket_id][0]: error for ticket_id, error in errors.items()}

    def _record(self, records: Records, request: CreditRequest, match: Match, now: int) -> None:
        company_id = match.company.id if match.company else None
        candidates = "; ".join(f"{one.name} (record {one.id})" for one in match.candidates)
        if not records.requests.set_match(request, match.certainty, company_id, candidates):
            return
        _write_match(records, request.reference, match.certainty, company_id, now)
        records.work.ask(Kind.TELL_REASON, [request.reference], now)
        why = _HOLDS.get(match.certainty)
        if match.company:
            why = self._settle(records, request, match.company, now)
        _hold(records, request, why, now)

    def adopt(self, records: Records, reference: str, company_id: str, now: int) -> None:
        """Take the company that staff have tied to the ticket by hand as the request's.

        All that follows from a match follows from this. Nothing happens while the company is not
        among those read from the CRM; nor where we tied it ourselves, before the organisation was
        corrected: then nobody has chosen it.
        """
        request = records.requests.find([reference])[reference]
        company = records.companies.find([company_id]).get(company_id)
        if request.company_id or company is None or _has_tied(records, reference, company_id):
            return
        if records.requests.set_match(request, BY_HAND, company_id, ""):
            _write_match(records, reference, BY_HAND, company_id, now)
            records.work.ask(Kind.TELL_REASON, [reference], now)
            _hold(records, request, self._settle(records, request, company, now), now)

    def _settle(
        self, records: Records, request: CreditRequest, company: Company, now: int
    ) -> Attention | None:
        """What follows from knowing the company; returns why nobody may ask it, if so."""
        self._choose_language(records, request, company, now)
        return self._decide(records, request.reference, company, now)

    def _choose_language(
        self, records: Records, request: CreditRequest, company: Company, now: int
    ) -> None:
        """Have the letter on the ticket written in the company's language."""
        language = language_for(
            company.language, company.country, company.domains, self._letter_language
        )
        if language is not request.letter.language:
            letter = replace(request.letter, language=language)
            records.requests.set_letter(request.reference, letter)
            records.work.ask(Kind.WRITE_BACK, [request.reference], now)

    def _decide(
        self, records: Records, reference: str, company: Company, now: int
    ) -> Attention | None:
        """Whether anybody may ask this company; a rule of its own means that nobody has to."""
        if approve_by_rule(records, reference, company.id, self._credits_max, now):
            return None
        asked = may_ask_about_one(company.members, self._small_group_ask)
        return None if asked else Attention.SMALL_GROUP


def _hold(records: Records, request: CreditRequest, why: Attention | None, now: int) -> None:
    if why and request.stage is Stage.NEW:
        call_for_attention(records, request.reference, why, now)
    elif why and request.stage in OPEN_STAGES:
        add_note(records, request.reference, why, now)


def _write_match(
    records: Records, reference: str, certainty: str, company_id: str | None, now: int
) -> None:
    facts = {"company": company_id} if company_id else {}
    records.journal.write("matched", reference, now, certainty=certainty, **facts)


def _has_tied(records: Records, reference: str, company_id: str) -> bool:
    """Whether we have tied this company to the ticket, or did before the journal said which."""
    return any(
        event == "matched"
        and facts.get("certainty") == Certainty.SURE
        and facts.get("company", company_id) == company_id
        for _, event, facts in records.journal.find_lines(reference)
    )
