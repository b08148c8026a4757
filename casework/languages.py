"""Which of our languages to write to an organisation in."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from casework.organisations import plain_name


class Language(StrEnum):
    """The languages there are texts in, by their ISO 639-1 codes."""

    IS = "is"
    EN = "en"
    DA = "da"
    SV = "sv"
    NB = "nb"


#: As people and systems write them, without accents and capitals (see :func:`plain_name`).
_NAMES: Mapping[Language, str] = {
    Language.IS: "icelandic islenska islensk islandsk islandska",
    Language.EN: "english enska ensk engelsk engelska",
    Language.DA: "danish danska donsk dansk",
    Language.SV: "swedish saenska saensk svensk svenska",
    Language.NB: "norwegian norska norsk bokmal nynorsk",
}
_CODES: Mapping[Language, str] = {
    Language.IS: "is isl ice",
    Language.EN: "en eng",
    Language.DA: "da dan",
    Language.SV: "sv swe",
    Language.NB: "nb no nn nob nor nno",
}
_COUNTRIES: Mapping[Language, str] = {
    Language.IS: "is, isl, iceland, island, islandia, republic of iceland, lydveldid island",
    Language.EN: (
        "uk, gb, gbr, united kingdom, great britain, britain, england, scotland, wales, "
        "northern ireland, bretland, storbritannien, storbritannia, "
        "ie, irl, ireland, republic of ireland, eire, irland, irska lydveldid, "
        "us, usa, united states, united states of america"
    ),
    Language.DA: "dk, dnk, denmark, danmark, danmork, kingdom of denmark",
    Language.SV: "se, swe, sweden, sverige, svithjod, kingdom of sweden",
    Language.NB: "no, nor, norway, norge, noreg, noregur, kingdom of norway",
}
_TOP_LEVEL_DOMAINS: Mapping[Language, str] = {
    Language.IS: "is",
    Language.EN: "uk ie",
    Language.DA: "dk",
    Language.SV: "se",
    Language.NB: "no",
}


def _turned(table: Mapping[Language, str], between: str) -> dict[str, Language]:
    return {word: language for language, words in table.items() for word in words.split(between)}


_BY_NAME, _BY_CODE = _turned(_NAMES, " "), _turned(_CODES, " ")
_BY_COUNTRY, _BY_DOMAIN = _turned(_COUNTRIES, ", "), _turned(_TOP_LEVEL_DOMAINS, " ")

#: A language tag such as ``sv``, ``nb-NO`` or ``en_GB``; "no preference" is none.
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})*")


def language_for(told: str, country: str, domains: Iterable[str], default: Language) -> Language:
    """The language an organisation is written to in: what was told first, then what can be guessed.

    ``told``: a language's name or tag, as typed. ``country``: the company's, by name or ISO 3166
    code. ``domains``: those of its addresses, which only count where all that point to a language
    point to the same. Each may be empty; what is not understood counts as not given.
    """
    return _told(told) or _BY_COUNTRY.get(plain_name(country)) or _of_domains(domains) or default


def _told(told: str) -> Language | None:
    tag = _TAG.fullmatch(told.strip().lower())
    if tag:
        return _BY_CODE.get(tag[1])
    words = (plain_name(word) for word in re.findall(r"\w+", told))
    return next((_BY_NAME[word] for word in words if word in _BY_NAME), None)


def _of_domains(domains: Iterable[str]) -> Language | None:
    ends = (domain.strip().rstrip(".").lower().rpartition(".")[2] for domain in domains)
    found = {_BY_DOMAIN[end] for end in ends if end in _BY_DOMAIN}
    return found.pop() if len(found) == 1 else None
