"""Looks whether this HubSpot account and this app are as we need them, and writes nothing.

What only writing needs (a ticket, a note, a sent mail) is therefore not tried.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casework.errors import OutsideError
from casework.request import Submission
from casework.stages import Stage
from integrations.checking import Check, Verdict
from integrations.hubspot.batches import read
from integrations.hubspot.calls import LIST_PIPELINES, LIST_THREADS, READ_RECORDS
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NO_SUCH_ADDRESS
from integrations.hubspot.objects import AMOUNT, REFERENCE, TICKET, CrmObject
from integrations.hubspot.setup import Finding, Line, look_up
from integrations.hubspot.submissions import HubSpotSubmissions

#: Nobody's record. Should there be one all the same, its id is all that is read of it.
_ANY_ID, _ONLY_ID = "1", "hs_object_id"
_FORBIDDEN = frozenset({"MISSING_SCOPES", "403"})
_BAD_TOKEN = frozenset({"INVALID_AUTHENTICATION", "EXPIRED_AUTHENTICATION", "401"})
#: Without one of these no request gets through.
_NEEDED = (f"property {REFERENCE}", f"property {AMOUNT}", "pipeline ", "stage ")


@dataclass(frozen=True)
class _Scope:
    """A scope, what we need it for, and a read that HubSpot allows to those who have it."""

    name: str
    reads: str
    read: Callable[[], object]
    without: Verdict = Verdict.WRONG


@dataclass(frozen=True)
class CheckUp:
    """``reads_mail``: the settings ask for organisations' replies, or have letters sent."""

    client: HubSpotClient
    crm_object: CrmObject
    submissions: HubSpotSubmissions
    reads_mail: bool

    def look(self, pipeline_id: str, stage_ids: Mapping[Stage, str]) -> Iterator[Check]:
        """Look at everything; where HubSpot does not answer us at all, at nothing more."""
        answers = self._check_answers()
        yield answers
        if answers.verdict is Verdict.WRONG:
            return
        yield from map(self._check_scope, self._scopes())
        yield from self._check_account(pipeline_id, stage_ids)
        yield from self._check_form()

    def _check_answers(self) -> Check:
        what = "HubSpot answers, and knows the token"
        try:
            self.client.call(LIST_PIPELINES, objects=self.crm_object.plural)
        except OutsideError as error:
            if error.code in _FORBIDDEN:
                return Check(what)
            if error.code in _BAD_TOKEN:
                advice = "HubSpot does not know the token: put the app's into HUBSPOT_ACCESS_TOKEN"
                return Check(what, Verdict.WRONG, advice)
            return Check(what, Verdict.WRONG, f"{error}. Check HUBSPOT_BASE_URL and the network")
        return Check(what)

    def _scopes(self) -> Iterator[_Scope]:
        tickets = "tickets" if self.crm_object is TICKET else "crm.objects.deals.read"
        mail = Verdict.WRONG if self.reads_mail else Verdict.WARNING
        yield _Scope(tickets, self.crm_object.plural, self._reading(self.crm_object.plural))
        yield _Scope("crm.objects.contacts.read", "contacts", self._reading("contacts"))
        yield _Scope("crm.objects.companies.read", "companies", self._reading("companies"))
        yield _Scope("sales-email-read", "logged mails", self._reading("emails"), mail)
        threads = partial(self.client.call, LIST_THREADS, None, [("limit", "1")])
        yield _Scope("conversations.read", "conversations", threads, mail)

    def _reading(self, objects: str) -> Callable[[], object]:
        body = {"properties": [_ONLY_ID], "inputs": [{"id": _ANY_ID}]}
        return partial(read, self.client, READ_RECORDS, objects, body)

    def _check_scope(self, scope: _Scope) -> Check:
        what = f"the app may read {scope.reads}"
        try:
            scope.read()
        except OutsideError as error:
            return Check(what, scope.without, _advice(error, scope.name))
        return Check(what)

    def _check_form(self) -> Iterator[Check]:
        what = "the app may read the form's submissions"
        try:
            page = self.submissions.read_page(None)
        except OutsideError as error:
            advice = _advice(error, "forms")
            if error.code == NO_SUCH_ADDRESS or not error.can_retry:
                advice = f"{error}. Check HUBSPOT_FORM_URL, or HUBSPOT_FORM_ID"
            yield Check(what, Verdict.WRONG, advice)
            return
        yield Check(what)
        if absent := _absent_from(page.submissions):
            advice = f"none of the newest has a value for {', '.join(absent)}: check FORM_FIELDS"
            yield Check("submissions have the form's fields", Verdict.WARNING, advice)

    def _check_account(self, pipeline_id: str, stage_ids: Mapping[Stage, str]) -> Iterator[Check]:
        what = "our properties, the pipeline and its stages are there"
        try:
            report = look_up(self.client, self.crm_object, pipeline_id, stage_ids)
        except OutsideError as error:
            yield Check(what, Verdict.WRONG, str(error))
            return
        if report.ok:
            yield Check(what)
        yield from (_check_of(line) for line in report.lines if line.finding is Finding.WRONG)


def _absent_from(submissions: Sequence[Submission]) -> list[str]:
    """The required fields that nobody has filled in, which is more likely a wrong name."""
    values = {
        "client_email": [one.details.client_email for one in submissions],
        "organisation": [one.organisation for one in submissions],
        "professional_email": [one.details.professional_email for one in submissions],
    }
    return [name for name, given in values.items() if given and not any(given)]


def _check_of(line: Line) -> Check:
    """What is only shown to staff, or filled in by them, may be missing without harm."""
    verdict = Verdict.WRONG if line.what.startswith(_NEEDED) else Verdict.WARNING
    return Check(f"{line.what} is there", verdict, line.detail)


def _advice(error: OutsideError, scope: str) -> str:
    if error.code in _FORBIDDEN:
        return f"give the app the scope {scope}, in HubSpot under the app's settings"
    return f"{error}. Try again, or look at HubSpot's status page"
