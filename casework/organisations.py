"""The wrong-organisation guard: which of the CRM's companies the typed organisation is.

The employer is typed by hand, and a letter to the wrong one cannot be called back. So a company is
chosen only where there is no doubt, and never by text: staff see candidates, and decide.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

#: Two names this much alike, out of 100, are probably one name, mistyped or shortened.
ALIKE = 82
#: How many candidates a person is asked to choose from.
MOST_CANDIDATES = 3

#: Taking letters apart can make many of one, and an index takes only so much, in characters.
_LONGEST_PLAIN_NAME = 300

#: Legal forms say what a company is and not which. In Iceland, the Nordic countries, Britain, …
_LEGAL_FORMS = frozenset(
    """
    ehf hf ohf slf sf ses svf bs ltd limited plc llp llc inc corp co asa as ans da ab hb kb aps
    is ivs amba oy oyj gmbh ag kg ug bv nv sa sas sarl srl spa sp zoo se
    """.split()
)

#: Letters that do not come apart into a plain one and an accent.
_LETTERS = str.maketrans({"þ": "th", "ð": "d", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d"})

#: Addresses at these say nothing about an employer.
FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com
    me.com mac.com aol.com gmx.com gmx.net gmx.de web.de proton.me protonmail.com pm.me mail.com
    simnet.is internet.is visir.is telia.com online.no tele2.se bredband.net jubii.dk
    fastmail.com hey.com zoho.com yandex.com
    """.split()
)


@dataclass(frozen=True)
class Company:
    """A company in the CRM. ``domains`` are those of its addresses, in lower case.

    ``members``: how many people may use its Wellbeing Hub; nothing where nobody has said.
    ``language`` and ``country`` are as typed, empty where nobody has said.
    """

    id: str
    name: str
    domains: frozenset[str]
    members: int | None = None
    language: str = ""
    country: str = ""


class Certainty(StrEnum):
    """How sure we are."""

    SURE = "sure"
    UNSURE = "unsure"
    CONTRADICTION = "contradiction"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Match:
    """What the typed organisation is. ``company`` is there only where we are sure."""

    certainty: Certainty
    company: Company | None = None
    candidates: Sequence[Company] = ()


class CompanyBook:
    """The CRM's companies, ready to be looked up by a name as people type it."""

    def __init__(self, companies: Iterable[Company]) -> None:
        self._by_name: dict[str, list[Company]] = defaultdict(list)
        self._by_domain: dict[str, list[Company]] = defaultdict(list)
        for company in companies:
            self._by_name[plain_name(company.name)].append(company)
            for domain in company.domains - FREE_MAIL:
                self._by_domain[domain].append(company)
        self._by_name.pop("", None)

    def __len__(self) -> int:
        """How many different names there are."""
        return len(self._by_name)

    def match(self, typed: str, client_email: str) -> Match:
        """Find the company. The address is only compared here, and shows in no answer.

        Sure: one company bears the name, or an almost equal one and the address is of its domain.
        A contradiction: one company bears the name, and the address is another's.
        """
        by_address = self._of_address(client_email)
        exact = self._by_name.get(plain_name(typed), [])
        if exact:
            return _match_exact(exact, by_address)
        alike = self._alike(typed)
        if not alike:
            return Match(Certainty.UNKNOWN)
        both = [company for company in alike if company in by_address]
        if len(both) == 1:
            return Match(Certainty.SURE, both[0])
        return Match(Certainty.UNSURE, candidates=alike[:MOST_CANDIDATES])

    def _of_address(self, client_email: str) -> Sequence[Company]:
        """The companies to whose domain, or the one above it, the address belongs."""
        parts = client_email.rpartition("@")[2].strip().casefold().split(".")
        for start in range(len(parts) - 1):
            found = self._by_domain.get(".".join(parts[start:]))
            if found:
                return found
        return []

    def _alike(self, typed: str) -> list[Company]:
        found = process.extract(
            plain_name(typed),
            self._by_name.keys(),
            scorer=fuzz.WRatio,
            score_cutoff=ALIKE,
            limit=MOST_CANDIDATES * 2,
        )
        return [company for name, _, _ in found for company in self._by_name[name]]


def _match_exact(named: Sequence[Company], by_address: Sequence[Company]) -> Match:
    agreed = [company for company in named if company in by_address]
    if len(agreed) == 1:
        return Match(Certainty.SURE, agreed[0])
    if by_address and not agreed:
        return Match(Certainty.CONTRADICTION, candidates=named[:MOST_CANDIDATES])
    if len(named) == 1:
        return Match(Certainty.SURE, named[0])
    return Match(Certainty.UNSURE, candidates=named[:MOST_CANDIDATES])


def plain_name(name: str) -> str:
    """A name without accents, capitals, punctuation and legal form."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = "".join(one for one in folded if not unicodedata.combining(one))
    # "a/s" and "p.l.c." are one word each.
    words = re.sub(r"[./']", "", letters)
    kept = re.findall(r"[^\W_]+", words)
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return " ".join(kept)[:_LONGEST_PLAIN_NAME]
