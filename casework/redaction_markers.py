"""Words that may tell those who know the people who is meant. They are counted for staff."""

import re
from collections import Counter
from functools import cache

from casework.lexicon import bin_forms, lines, spelt
from casework.redaction_kinds import Indirect

_WORD = re.compile(r"[^\W\d_]+")
_PHRASES = (
    (
        Indirect.ONLY_ONE,
        (
            r"\b(?:the|our|their|its|his|her) (?:only|sole|single|first|oldest|youngest|newest|longest[- ]serving)\b"
            r"|\bonly (?:one|woman|man|female|male|person|employee)\b"
            r"|\b(?:den|det|de|vores|vår|vårt|våre|hennes|hans) (?:eneste|enda|ende|første|första|äldsta|eldste|ældste|yngste|yngsta|nyeste|nyaste)\b"
            r"|\b(?:eneste|einasti|einasta)\b|\beini\b|\bein[aiu]\b(?= \w{3,}(?:an|in|ið|inn|nn|una|unni|inni|inum|num)\b)|\beinn? af fáum\b"
            r"|\b(?:elst|yngst)(?:i|a|ur|ir)?\b|\bone of (?:the )?(?:few|two|three)\b"
        ),
    ),
    (
        Indirect.AGE,
        (
            r"\b\d{1,2}[ -]?(?:ára|áringur|years? old|year[- ]olds?|yrs? old|yo|år gammel|år gammal|åring(?:en)?|årig(?:e|a)?|årige|årig)\b"
            r"|\b(?:aged?|age of|aldur(?:inn)?|alder(?:en)?|ålder(?:n)?)[: ]+\d{1,2}\b"
            r"|\b\d{2} (?:år)\b|\b(?:þrí|fer|fimm|sex|sjö|át|ní)tugs?(?:ur|aldri|s)?\b|\b\w+tugsaldri\b"
            r"|\b(?:early|mid|late)[- ](?:twenties|thirties|forties|fifties|sixties|20s|30s|40s|50s|60s)\b"
            r"|\bin (?:her|his|their) (?:\w+ )?(?:twenties|thirties|forties|fifties|sixties|20s|30s|40s|50s|60s)\b"
            r"|\bi (?:\w+)?(?:tyverne|trediverne|fyrrerne|halvtredserne|tresserne|tjueårene|trettiårene|førtiårene|femtiårene|sekstiårene)\b"
            r"|\b(?:tjugo|trettio|fyrtio|femtio|sextio)årsåldern\b"
        ),
    ),
    (
        Indirect.PLACE,
        (
            r"\b(?:office|branch|plant|factory|site|school|hospital|clinic|store|shop|warehouse|village|town|island|county)\b"
            r"|\b(?:skrifstofu|útibú|verksmiðju|sveit|þorp|eyj|skól|spítal|sjúkrahús|verslun|búð|bæ(?:num|inn|jar)|leikskól)\w*\b"
            r"|\b(?:kontor|afdeling|filial|fabrik|skole|sygehus|sykehus|sjukhus|skola|butik|butikk|landsby|øen|øya|byn)(?:et|en|n|s|an)?\b"
            r"|\b\w{3,}(?:firði|firðinum|vík|víkur|nesi|eyri|staðabær|höfn)\b"
        ),
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _PHRASES)


def indirect_marks(text: str) -> dict[Indirect, int]:
    """How many marks of each kind the text has."""
    found: Counter[Indirect] = Counter()
    for match in _WORD.finditer(text):
        found.update(_kinds_of(spelt(match[0])))
    for kind, pattern in _COMPILED:
        found[kind] += sum(1 for _ in pattern.finditer(text))
    return {kind: count for kind, count in found.items() if count}


def is_language(word: str) -> bool:
    """Whether the word, in small letters, is a language or a nationality."""
    return Indirect.LANGUAGE in _kinds_of(word)


def _kinds_of(word: str) -> set[Indirect]:
    whole, beginnings, endings = _markers()
    kinds = set(whole.get(word, ()))
    for at in range(3, len(word) + 1):
        kinds.update(beginnings.get(word[:at], ()))
        kinds.update(endings.get(word[-at:], ()))
    return kinds


Table = dict[str, tuple[Indirect, ...]]


@cache
def _markers() -> tuple[Table, Table, Table]:
    """Whole words, beginnings (written ``word*``) and endings (written ``*word``) of the list."""
    whole: Table = {}
    beginnings: Table = {}
    endings: Table = {}
    for line in lines("markers.txt"):
        head, _, rest = line.partition(":")
        name, _, language = head.partition(" ")
        for entry in rest.split():
            table = (
                endings if entry.startswith("*") else beginnings if entry.endswith("*") else whole
            )
            bare = entry.strip("*")
            for form in bin_forms(bare) if language == "is" else {bare}:
                table[spelt(form)] = (*table.get(spelt(form), ()), Indirect[name])
    return whole, beginnings, endings
