"""Whose case it is: the words somebody may be named by, out of addresses and a display name."""

import re
from dataclasses import dataclass

from casework.inflection import fold, is_everyday_word, is_first_name, is_name

# Mail that everybody may have: its domain names nobody. The last ones are reserved for examples.
_FREE_MAIL = frozenset(
    """gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol gmx proton protonmail
    pm mail email fastmail zoho simnet internet visir talnet vodafone hringdu jubii ofir stofanet
    tdc     telia spray bredband comhem online eircom btinternet sky virginmedia wp onet interia
    example test invalid localhost""".split()
)
_DOMAIN_ENDINGS = frozenset("co com org net gov ac edu www mail post".split())
# Local parts that name a desk, not a person.
_DESKS = frozenset(
    """info post mail email kontakt contact hello hallo hello admin office support noreply reply
    booking reception mottaka afgreidsla skrifstofa team help stofa kontor klinik klinikk clinic
    mottagning samtal samtaler samtale samtalen talking therapy terapi psykolog psychologist
    practice     salfraedingur salfraedistofa medferd counselling""".split()
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, repr=False)
class Identity:
    """By what words somebody may be named. Its ``repr`` shows nothing."""

    client_email: str
    client_name: str = ""
    professional_email: str = ""

    def __repr__(self) -> str:
        return "Identity(…)"

    def name_words(self) -> tuple[str, ...]:
        """The words of the local parts and of the display name, as spelt, none twice.

        Run-together parts count as a whole and as the names they are made of.
        """
        parts = [*self.local_parts(), self.client_name]
        words = [word for part in parts for word in _WORD.findall(part)]
        apart = [name for word in words for name in _names_within(word)]
        return tuple(dict.fromkeys(w for w in [*words, *apart] if not is_desk(w)))

    def domain_words(self) -> tuple[str, ...]:
        """The words of the two domains, but not of mail that everybody may have."""
        labels = [label for address in self.addresses() for label in _labels(address)]
        return tuple(
            dict.fromkeys(
                word
                for label in labels
                for word in _WORD.findall(label)
                if fold(word) not in _DESKS
            )
        )

    def addresses(self) -> tuple[str, ...]:
        """The two addresses, those that are known."""
        return tuple(a.strip() for a in (self.client_email, self.professional_email) if a.strip())

    def local_parts(self) -> tuple[str, ...]:
        """What stands before the @ of each address."""
        return tuple(address.rpartition("@")[0] or address for address in self.addresses())

    def numbers(self) -> tuple[str, ...]:
        """Longer numbers in the local parts, such as a year of birth."""
        return tuple(n for part in self.local_parts() for n in re.findall(r"\d{3,}", part))


def is_desk(word: str) -> bool:
    """Whether a word in an address names a desk, such as "office", and no person."""
    return fold(word) in _DESKS


def _labels(address: str) -> list[str]:
    """The telling labels of an address's domain."""
    labels = address.rpartition("@")[2].casefold().split(".")[:-1] if "@" in address else []
    if any(label in _FREE_MAIL for label in labels):
        return []
    return [label for label in labels if label not in _DOMAIN_ENDINGS and len(label) > 2]


def _names_within(word: str) -> list[str]:
    """The names a run-together word is made of; an initial may stand before or after a name."""
    found: list[str] = []
    if len(word) > 40 or (is_name(word) and len(word) < 6):
        return found
    for at in range(1, len(word)):
        left, right = word[:at], word[at:]
        if (at == 1 or _can_be_part(left)) and (len(right) == 1 or _can_be_part(right)):
            found += [part for part in (left, right) if len(part) > 2]
        elif len(left) > 2 and is_first_name(left):
            # Three names and more: the first, and whatever the rest is made of.
            rest = _names_within(right)
            found += [left, *rest] if rest else []
    return found


def _can_be_part(word: str) -> bool:
    return len(word) > 2 and is_name(word) and not (len(word) < 4 and is_everyday_word(word))
