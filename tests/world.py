"""A small world for the rules: a real store, fakes outside, and a clock that a test moves."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from casework.compare_restored import compare_restored
from casework.conversation_ports import Message
from casework.delivery_records import Route
from casework.egress import Gate
from casework.follow_stages import GrantRules, follow_stages
from casework.forget_old import RetentionRules, forget_old
from casework.form_fields import Answer, FormField, FormFields, read_text
from casework.grant import grant_credits
from casework.grant_records import Grant, Reversal
from casework.guard_contacts import ContactGuard
from casework.guard_texts import TextGuard
from casework.identify import identify
from casework.languages import Language
from casework.match_organisations import OrganisationGuard, sync_companies
from casework.notify import notify
from casework.open_tickets import open_tickets
from casework.ports import Digest, Mail, SubmissionPage
from casework.read_messages import OnReply, read_messages
from casework.read_replies import ReplyPolicy, ReplyReader
from casework.read_submissions import begin_reading, read_submissions
from casework.receive import MessageEvent, Reading, TicketEvent, keep_delivery, receive
from casework.reconcile import compare_grants
from casework.records import Records
from casework.relink import relink_tickets
from casework.request import CreditRequest, Submission
from casework.residue import ContactFields, sweep_residue
from casework.send_letter import LetterPolicy, LetterSender
from casework.stages import Stage
from casework.sweep_messages import sweep_messages
from casework.sweep_tickets import sweep_tickets
from casework.tell_reason import ReasonPolicy, ReasonRules, tell_reason
from casework.work import Kind, ParkedWork
from casework.worker import LANES, RECURRING, WHOLE, Leftovers, Step, run_round
from casework.write_back import add_notes, write_back
from storage.sealing import TinkSealer, new_keyset
from tests.fakes.fake_companies import FakeCompanies
from tests.fakes.fake_contacts import FakeContacts
from tests.fakes.fake_conversations import FakeConversations
from tests.fakes.fake_credits import FakeCreditsAccount
from tests.fakes.fake_desk import FakeDesk, FakeTicket
from tests.storage.made_up import Database, open_again

FIELDS = FormFields(FormField("client"), FormField("org"), FormField("pro"), FormField("why"))
NOON = 1_790_000_000_000
MINUTE = 60_000
RESIDUE_DELAY = 2 * MINUTE
RULES = GrantRules(delay=5 * MINUTE, credits_max=20)


@dataclass
class FakeSubmissions:
    """The list of submissions, newest first, in pages of 50."""

    rows: list[Submission] = field(default_factory=list)

    def read_page(self, page: str | None) -> SubmissionPage:
        start = int(page or 0)
        newest_first = sorted(self.rows, key=lambda row: -(row.submitted_at or 0))
        rows = newest_first[start : start + 50]
        more = len(self.rows) > start + 50
        oldest = min((row.submitted_at or 0 for row in rows), default=None)
        return SubmissionPage(rows, 0, oldest, str(start + 50) if more else None)


@dataclass
class FakeMailer:
    """Keeps what was sent."""

    sent: list[Mail] = field(default_factory=list)
    digests: list[tuple[str, Digest]] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)

    def tell_staff(self, digest: Digest, to: str) -> None:
        self.digests.append((to, digest))


class World:
    """Everything together. ``run`` does all that is due now, as often as it takes."""

    def __init__(
        self,
        folder: Path,
        url: str = "",
        *,
        before: "World | None" = None,
        sealer: TinkSealer | None = None,
    ) -> None:
        """With an SQLite file in the folder, or else in the PostgreSQL database at ``url``.

        ``before``: whose keys, clock and services outside are taken over, but not the store.
        ``sealer``: with the keys of a store that was there before.
        """
        self.now: int = before.now if before else NOON
        self.sealer: TinkSealer = before.sealer if before else sealer or TinkSealer(new_keyset())
        self.kept_in: Database = url or folder / "desk.db"
        self.store = open_again(self.kept_in, self.sealer)
        self.gate = Gate(self.store, self.sealer, lambda: self.now)
        self.desk, self.account = FakeDesk(self.gate), FakeCreditsAccount()
        self.submissions, self.mailer = FakeSubmissions(), FakeMailer()
        self.companies, self.contacts = FakeCompanies(), FakeContacts()
        self.reason_policy = ReasonPolicy.NEVER
        self.inbox = FakeConversations(self.gate, lambda: self.now)
        if before:
            self._take_over(before)
        self.reply_policy, self.letter_policy = ReplyPolicy.PROPOSE, LetterPolicy.OFF
        self.on_reply: OnReply = self._read_reply
        self.steps = self._steps()
        begin_reading(self.store, self.now)

    def _take_over(self, before: "World") -> None:
        self.desk, self.account = before.desk, before.account
        self.submissions, self.mailer = before.submissions, before.mailer
        self.companies, self.contacts = before.companies, before.contacts
        self.inbox, self.reason_policy = before.inbox, before.reason_policy
        self.desk.gate = self.inbox.gate = self.gate

    def _steps(self) -> dict[Kind, Step]:
        store, desk = self.store, self.desk
        readers = {Route.FORM: _read_form, Route.CRM: _read_crm}
        organisations = OrganisationGuard(
            store,
            desk,
            small_group_ask=5,
            credits_max=RULES.credits_max,
            letter_language=Language.EN,
        )
        look_at = TextGuard(store, desk, self.gate).look_at
        follow = partial(follow_stages, store=store, desk=desk, rules=RULES, look_at=look_at)
        return {
            Kind.RECEIVE: partial(receive, store=store, sealer=self.sealer, readers=readers),
            Kind.READ_SUBMISSIONS: partial(
                read_submissions, store=store, sealer=self.sealer, submissions=self.submissions
            ),
            Kind.RELINK_TICKETS: partial(relink_tickets, store=store, desk=desk),
            Kind.OPEN_TICKETS: partial(open_tickets, store=store, desk=desk),
            Kind.FOLLOW_STAGES: follow,
            Kind.WATCH_TICKETS: follow,
            Kind.SWEEP_TICKETS: partial(sweep_tickets, store=store),
            Kind.WRITE_BACK: partial(write_back, store=store, desk=desk),
            Kind.ADD_NOTE: partial(add_notes, store=store, desk=desk, credits_max=20),
            Kind.GRANT: partial(
                grant_credits,
                store=store,
                desk=desk,
                account=self.account,
                rules=RULES,
                clock=lambda: self.now,
            ),
            Kind.SYNC_COMPANIES: partial(sync_companies, store=store, companies=self.companies),
            Kind.MATCH_ORGANISATION: organisations.match_organisations,
            Kind.COMPARE_GRANTS: partial(compare_grants, store=store, account=self.account),
            Kind.COMPARE_RESTORED: partial(compare_restored, store=store, account=self.account),
            Kind.CHECK_CONTACTS: ContactGuard(
                store, desk, self.contacts, organisations.adopt
            ).check_contacts,
            Kind.TELL_REASON: self._tell_reason,
            Kind.SEND_LETTER: self._send_letter,
            Kind.READ_MESSAGES: partial(
                read_messages,
                store=store,
                conversations=self.inbox,
                gate=self.gate,
                on_reply=self._hand_on,
            ),
            Kind.SWEEP_MESSAGES: partial(sweep_messages, store=store, conversations=self.inbox),
            Kind.SWEEP_RESIDUE: partial(
                sweep_residue,
                store=store,
                contacts=self.contacts,
                fields=ContactFields("client", "org", "why"),
                delay=RESIDUE_DELAY,
            ),
            Kind.IDENTIFY: partial(identify, store=store, sealer=self.sealer, account=self.account),
            Kind.NOTIFY: partial(notify, store=store, mailer=self.mailer, delay=RULES.delay),
            Kind.FORGET_OLD: partial(
                forget_old,
                store=store,
                mailer=self.mailer,
                rules=RetentionRules(days=365, staff=["staff@desk.example"]),
                clock=lambda: self.now,
            ),
        }

    def _tell_reason(self, keys: Sequence[str], now: int) -> Leftovers:
        rules = ReasonRules(self.reason_policy, small_group=10)
        return tell_reason(keys, now, store=self.store, desk=self.desk, rules=rules)

    def _read_reply(self, message: Message, request: CreditRequest | None, now: int) -> None:
        reader = ReplyReader(self.store, self.inbox, self.contacts, self.gate, self.reply_policy)
        reader.on_reply(message, request, now)

    def _send_letter(self, keys: Sequence[str], now: int) -> Leftovers:
        sender = LetterSender(self.store, self.desk, self.inbox, self.letter_policy, RULES)
        return sender.send_letters(keys, now)

    def _hand_on(self, message: Message, request: CreditRequest | None, now: int) -> None:
        self.on_reply(message, request, now)

    def run(self, *lanes: str) -> None:
        """Do what is due in these lanes, or in all, until nothing is."""
        kinds = [LANES[lane] for lane in lanes or LANES]
        for _ in range(200):
            busy = [run_round(self.store, self.steps, lane, lambda: self.now) for lane in kinds]
            if not any(busy):
                return
        raise AssertionError("the work never ends")

    def later(self, milliseconds: int) -> None:
        """Let time pass, and do what is due then."""
        self.now += milliseconds
        self.run()

    def webhook(self, **fields: str) -> None:
        """A form delivery that carries these values."""
        keep_delivery(self.store, self.sealer, Route.FORM, json.dumps(fields).encode(), self.now)

    def stage_event(self, ticket_id: str, echo_of: Stage | None = None) -> None:
        """A CRM delivery that says that this ticket may have moved."""
        self._crm_event(ticket=ticket_id, echo_of=echo_of or "")

    def mail_event(self, message_id: str) -> None:
        """A CRM delivery that tells of this message, or of a mail that was logged."""
        self._crm_event(mail=message_id)

    def contact_event(self, ticket_id: str) -> None:
        """A CRM delivery that says that a contact was tied to this ticket."""
        self._crm_event(contact=ticket_id)

    def _crm_event(self, **told: str) -> None:
        body = json.dumps({**told, "at": self.now}).encode()
        keep_delivery(self.store, self.sealer, Route.CRM, body, self.now)

    def submit(self, conversion_id: str, **fields: str) -> None:
        """A submission that the list shows."""
        self.submissions.rows.append(
            FIELDS.read_submission(
                answers(fields), conversion_id=conversion_id, submitted_at=self.now, listed=True
            )
        )

    def read_list(self) -> None:
        """Have the list of submissions read now."""
        self.store.write(lambda r: r.work.ask(Kind.READ_SUBMISSIONS, [WHOLE], self.now))
        self.run()

    def sweep(self) -> None:
        """Have every open ticket looked at now."""

        def ask(records: Records) -> None:
            for kind in RECURRING:
                records.work.ask(kind, [WHOLE], self.now)

        self.store.write(ask)
        self.run()

    def staff_move(self, ticket: FakeTicket, stage: Stage, amount: str | None = None) -> None:
        """Staff move the ticket, and the event of it is worked off."""
        self.desk.staff_move(ticket.ticket_id, stage, amount)
        self.stage_event(ticket.ticket_id)
        self.run()

    def reference(self) -> str:
        """That of the only ticket."""
        return self.ticket().reference

    def reversals(self) -> Sequence[Reversal]:
        """Those that are proposed."""
        return self.store.read(lambda records: records.reversals.find_open())

    def ticket(self) -> FakeTicket:
        """The only ticket."""
        (ticket,) = self.desk.tickets.values()
        return ticket

    def request(self, reference: str | None = None) -> CreditRequest:
        """The request with this reference, or that of the only ticket."""
        wanted = reference or self.ticket().reference
        return self.store.read(lambda records: records.requests.find([wanted]))[wanted]

    def grant(self) -> Grant | None:
        """The grant of the only request."""
        reference = self.ticket().reference
        return self.store.read(lambda records: records.grants.find([reference])).get(reference)

    def parked(self) -> Sequence[ParkedWork]:
        """What was given up on."""
        return self.store.read(lambda records: records.work.find_parked())

    def mails_sent(self) -> list[str]:
        """Which mails were sent, in order."""
        return [str(mail.kind) for mail in self.mailer.sent]

    def events(self) -> list[str]:
        """What the journal says happened, in order."""
        return self.store.read(
            lambda tables: [
                row["event"]
                for row in tables.journal._connection.rows(
                    "SELECT event FROM journal ORDER BY sequence"
                )
            ]
        )


#: What a professional typed.
JONA = {"client": "jona@example.is", "org": "Marel hf.", "pro": "anna@clinic.is", "why": "Kvíði"}
SIGGI = {"client": "siggi@example.is", "org": "Origo", "pro": "anna@clinic.is", "why": ""}


def answers(fields: dict[str, str]) -> list[Answer]:
    return [Answer(name, read_text(value)) for name, value in fields.items()]


def _read_form(body: bytes) -> Reading:
    fields = json.loads(body)
    submission = FIELDS.read_submission(
        answers(fields), conversion_id=fields.get("id"), submitted_at=None, listed=False
    )
    return Reading(submissions=[submission])


def _read_crm(body: bytes) -> Reading:
    told = json.loads(body)
    if "ticket" in told:
        echo_of = Stage(told["echo_of"]) if told["echo_of"] else None
        return Reading(tickets=[TicketEvent(told["ticket"], echo_of)])
    if "contact" in told:
        return Reading(contacts=[told["contact"]])
    kind, *ids = told["mail"].split("/")
    return Reading(emails=ids) if kind == "email" else Reading(messages=[MessageEvent(*ids)])
