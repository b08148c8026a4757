"""Invented requests as they lie in a store: each is made anew from its number, so none is kept."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casework.organisations import Company, plain_name
from casework.wording import granted
from tests.world import NOON

Row = Sequence[object]

DAY = 86_400_000
#: Closed requests lie over so long a time.
YEARS = 5 * 365 * DAY
#: A year, less a day, so that nothing comes due while it is measured.
KEPT = 364 * DAY
COMPANIES = 500
_PROFESSIONALS = 2_000
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_noise = random.Random(7).randbytes(1 << 16)


@dataclass(frozen=True)
class Past:
    """``number`` requests, closed long ago, evenly over the years."""

    number: int

    def received(self, n: int) -> int:
        """When a request came in."""
        return NOON - 40 * DAY - YEARS + n * YEARS // max(self.number, 1)

    def closed(self, n: int) -> int:
        """When it was closed."""
        return self.received(n) + 6 * DAY

    def is_erased(self, n: int) -> bool:
        """Whether it was closed so long ago that nothing of a person is kept any more."""
        return self.closed(n) < NOON - KEPT


def reference(n: int) -> str:
    """Eleven characters that look random; no two numbers have the same."""
    mixed = (n + 1) * 36_028_797_018_963_913 % (1 << 55)
    body = "".join(_ALPHABET[mixed >> shift & 31] for shift in range(0, 55, 5))
    return f"CR-{body[:5]}-{body[5:]}"


def ticket_id(n: int) -> str:
    """As HubSpot numbers them: ever larger, with gaps."""
    return str(18_000_000_000 + n * 37)


def digest(kind: str, n: int) -> str:
    """As long as a keyed digest."""
    return hashlib.md5(f"{kind}{n}".encode(), usedforsecurity=False).hexdigest()


def company(n: int) -> Company:
    """A company with enough people for anybody to be asked."""
    return Company(str(7_000 + n % COMPANIES), f"Verslun {n % COMPANIES} ehf.", frozenset(), 500)


def is_granted(n: int) -> bool:
    """Seven of ten are approved."""
    return n % 10 < 7


def sealed(length: int, n: int) -> bytes:
    """Ciphertext of a text of this length, with what encrypting adds."""
    start = n * 7919 % (len(_noise) - 2_000)
    return _noise[start : start + length + 33]


def requests(past: Past) -> Iterator[Row]:
    """All of them closed, and what is older than a year erased."""
    for n in range(past.number):
        at, here, end = past.received(n), company(n), past.closed(n)
        stage = "credited" if is_granted(n) else "declined" if n % 10 < 9 else "withdrawn"
        erased_at = end + KEPT if past.is_erased(n) else None
        yield (
            *(reference(n), here.name, stage, ticket_id(n), 1, f"{digest('conversion', n)}-0000"),
            *_whose(n, erased=erased_at is not None),
            *(at, at, end, 1, "sure", here.id),
            *(granted(6, at, f"grant-{n}"), here.name, 4, "en/6", "en/6", 0, 1),
            *(erased_at, erased_at),
        )


def _whose(n: int, *, erased: bool) -> tuple[str, str, str]:
    client = digest("client", n // 3)
    if erased:
        return "", "", f"forgotten-{client}"
    return digest("fields", n), digest("professional", n % _PROFESSIONALS), client


def sealed_fields(past: Past) -> Iterator[Row]:
    """Both addresses, a name that nobody has told, and a reason of some lines."""
    for n in range(past.number):
        if past.is_erased(n):
            continue
        own = reference(n)
        yield own, "client_email", sealed(26, n)
        yield own, "professional_email", sealed(24, n)
        yield own, "client_name", sealed(0, n)
        yield own, "reason", sealed(120 + n % 160, n)


def grants(past: Past) -> Iterator[Row]:
    """One for each that was approved."""
    for n in filter(is_granted, range(past.number)):
        at = past.received(n) + 6 * DAY
        yield reference(n), "posted", 6, at, at - 300_000, at, at, f"grant-{n}", ""


def sent(past: Past) -> Iterator[Row]:
    """A mail at each end."""
    for n in range(past.number):
        own, at = reference(n), past.received(n)
        end = "granted" if is_granted(n) else "declined"
        yield own, "mail/received", at, at
        yield own, f"mail/{end}", at + 6 * DAY, at + 6 * DAY


def residue(past: Past) -> Iterator[Row]:
    """What the form leaves on the professional's contact."""
    for n in range(past.number):
        yield reference(n), "history", "client_email", past.received(n)


def replies(past: Past) -> Iterator[Row]:
    """Every second organisation answers in words."""
    for n in range(0, past.number, 2):
        at = past.received(n) + 5 * DAY
        yield (
            reference(n),
            f"{n}/1",
            "yes",
            6,
            b"" if past.is_erased(n) else sealed(90, n),
            0,
            1,
            0,
            at,
        )


def deliveries(past: Past) -> Iterator[Row]:
    """The form's, and for a year an event each time the ticket moved; their bodies are gone."""
    for n in range(past.number):
        routes = ("form",) if past.is_erased(n) else ("form", "crm", "crm", "crm")
        for step, route in enumerate(routes):
            at = past.received(n) + step * DAY
            if route == "form" or at > NOON - KEPT:
                yield digest(f"delivery{step}-", n), route, b"", at, at, 1, "read"


#: What the journal tells of a request, with the facts of each line.
_TOLD = (
    ("received", '{"listed":0}'),
    ("confirmed", "{}"),
    ("ticket_opened", '{"ticket":"%s"}'),
    ("matched", '{"certainty":"sure"}'),
    ("residue_swept", '{"left":1}'),
    ("mail_sent", '{"kind":"received"}'),
    ("stage_seen", '{"stage":"asked"}'),
    ("stage_seen", '{"stage":"approved"}'),
    ("grant_reserved", '{"credits":6}'),
    ("granted", '{"credits":6,"receipt":"grant-%s"}'),
)


def journal(past: Past) -> Iterator[Row]:
    """As long as real lines are; nobody looks at this chain."""
    sequence = 0
    for n in range(past.number):
        own, at, ticket, chain = reference(n), past.received(n), ticket_id(n), digest("chain", n)
        told = _TOLD if is_granted(n) else _TOLD[:7]
        for step, (event, facts) in enumerate(told):
            about = facts.replace("%s", ticket if event == "ticket_opened" else str(n))
            sequence += 1
            yield (
                sequence,
                at + step * DAY // 2,
                event,
                own,
                about,
                chain + chain[step:] + chain[:step],
            )


def rule_uses(past: Past) -> Iterator[Row]:
    """Every tenth was approved by its organisation's standing rule."""
    for n in range(0, past.number, 10):
        yield reference(n), company(n).id, 6, past.received(n)


def companies(_past: Past) -> Iterator[Row]:
    """Those of the CRM, seen just now."""
    for n in range(COMPANIES):
        one = company(n)
        yield one.id, one.name, plain_name(one.name), "", one.members, NOON


#: What to fill: table, columns, and what makes the rows.
TABLES = (
    (
        "requests",
        (
            "reference organisation stage ticket_id confirmed conversion_id fields_digest "
            "professional_digest client_digest submitted_at received_at stage_since heard match "
            "company_id status_line shown_organisation wishes letter shown_letter identified named "
            "erased_at professional_erased_at"
        ),
        requests,
    ),
    ("sealed_fields", "reference field sealed_value", sealed_fields),
    (
        "grants",
        "reference state credits due_at reserved_at sent_at posted_at receipt why",
        grants,
    ),
    ("sent", "reference what begun_at sent_at", sent),
    ("residue", "reference place field seen_at", residue),
    (
        "replies",
        "reference message_id meaning credits sealed_sentence names known attachments read_at",
        replies,
    ),
    (
        "deliveries",
        "digest route sealed_body arrived_at last_arrived_at times_arrived outcome",
        deliveries,
    ),
    ("journal", "sequence at event reference facts chain", journal),
    ("rule_uses", "reference company_id credits decided_at", rule_uses),
    ("companies", "id name plain_name domains members seen_at", companies),
)
