"""The words we know: names, everyday words, places. Read when first asked for, and kept.

BÍN, the Database of Icelandic Morphology, is asked for what the lists in ``casework/vocabulary``
cannot hold: every inflected form and compound of Icelandic.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources

from islenska import Bin

# What BÍN calls the names of people, of places, and of firms and other things with a capital.
PEOPLE = frozenset({"ism", "gæl", "föð", "móð", "ætt", "erm", "bibl", "hetja"})
PLACES = frozenset({"örn", "þor", "göt", "lönd", "erl", "bær", "svaedi"})
OTHER_NAMES = frozenset({"fyr", "heö", "hug", "mvirk", "ffl", "dýr", "hest", "jard", "stja"})

_LETTERS = str.maketrans(
    {"þ": "th", "ð": "d", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ı": "i", "œ": "oe"}
)


def fold(text: str) -> str:
    """The one spelling to compare by: small letters, no accents, þ as th, ð as d, æ as ae."""
    small = text.casefold()
    if small.isascii():
        return small
    parted = unicodedata.normalize("NFKD", small).translate(_LETTERS)
    if parted.isascii():
        return parted
    return "".join(c for c in parted if unicodedata.category(c) not in {"Mn", "Cf"}).casefold()


def spelt(word: str) -> str:
    """Small letters with their accents, each in one character, and a straight apostrophe."""
    return unicodedata.normalize("NFC", word.casefold()).replace(
        "\N{RIGHT SINGLE QUOTATION MARK}", "'"
    )


def lines(name: str) -> list[str]:
    """The entries of one list of ``casework/vocabulary``."""
    text = resources.files("casework.vocabulary").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def sections(name: str) -> Iterator[tuple[str, list[str]]]:
    """The parts of a list that has ``[HEAD]`` lines: each head and the words below it."""
    head, words = "", list[str]()
    for line in [*lines(name), "[]"]:
        if line.startswith("["):
            if words:
                yield head, words
            head, words = line.strip("[]"), []
        else:
            words += line.split()


@cache
def listed(name: str) -> frozenset[str]:
    """One list as a set."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def listed_folded(name: str) -> frozenset[str]:
    """One list as a set of folded words."""
    return frozenset(fold(word) for word in listed(name))


@cache
def icelandic_names() -> tuple[tuple[str, ...], ...]:
    """Every name of BÍN with its forms, small letters; the headword comes first."""
    return tuple(tuple(line.casefold().split()) for line in lines("names_icelandic.txt"))


@cache
def icelandic_forms() -> frozenset[str]:
    """Every form of every name of BÍN, accents and all."""
    return frozenset(form for name in icelandic_names() for form in name)


@cache
def icelandic_index() -> dict[str, tuple[int, ...]]:
    """Which names of ``icelandic_names`` a folded form may belong to."""
    index: dict[str, tuple[int, ...]] = {}
    for number, name in enumerate(icelandic_names()):
        for folded in {fold(form) for form in name}:
            index[folded] = (*index.get(folded, ()), number)
    return index


@cache
def _bin(*, compounds: bool) -> Bin:
    return Bin(add_compounds=compounds, add_negation=compounds, add_legur=compounds)


def bin_classes(word: str, *, compounds: bool = False) -> frozenset[str]:
    """The classes that BÍN knows a word under; empty for an unknown word."""
    found = _bin(compounds=compounds).lookup(word)[1]
    return frozenset(part for entry in found for part in entry.hluti.split(","))


def bin_forms(headword: str) -> frozenset[str]:
    """Every form of an Icelandic headword, with and without the article; at least itself."""
    bin_ = _bin(compounds=False)
    numbers = {entry.bin_id for entry in bin_.lookup(headword)[1] if entry.ord == headword}
    return frozenset({headword, *(e.bmynd for n in numbers if n for e in bin_.lookup_id(n))})


def bin_has_word(word: str) -> bool:
    """Whether BÍN has the word, in small letters, as more than a name."""
    return bool(bin_classes(word) - PEOPLE - PLACES - OTHER_NAMES)


def bin_makes_word(word: str) -> bool:
    """Whether it is a compound of BÍN's words, and no name as Ólafsfjörður, Ólafur's firth, is."""
    if bin_classes(word.capitalize()):
        return False
    return bool(bin_classes(word, compounds=True) - PEOPLE - PLACES - OTHER_NAMES)
