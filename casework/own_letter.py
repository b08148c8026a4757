"""Our own letter within a reply: it is found by its words, however it is quoted."""

import re
from functools import cache

from casework.languages import Language
from casework.organisation_letter import write_answer, write_letter
from casework.reply_tables import plain

#: Stands where something was cut out.
MARK = "…"

_SPELT = re.compile(r"[^\W_]+")
_REFERENCE = re.compile(r"cr-[0-9a-z]{5}-[0-9a-z]{6}", re.I)
#: So many words on end are our letter's. Fewer may well be in an answer.
_RUN = 8


def without_letter(text: str) -> str:
    """A text without whatever is from what we write; ``…`` is left in its place."""
    words = [
        (plain(m[0]), m.start(), m.end()) for m in _SPELT.finditer(_REFERENCE.sub(_blank, text))
    ]
    keys = [_key(word) for word, _, _ in words]
    ours = [False] * len(words)
    runs, sentences = _letter()
    for at in range(len(words)):
        if tuple(keys[at : at + _RUN]) in runs and _together(text, words[at : at + _RUN]):
            ours[at : at + _RUN] = [True] * _RUN
        for length in (3, 4, 5, 6, 7):
            if tuple(keys[at : at + length]) in sentences and _is_sentence(text, words, at, length):
                ours[at : at + length] = [True] * length
    return _cut_out(text, words, ours)


def _blank(match: re.Match[str]) -> str:
    return "0" * len(match[0])


def _key(word: str) -> str:
    return "0" if word.isdigit() else word


def _together(text: str, words: list[tuple[str, int, int]]) -> bool:
    return MARK not in text[words[0][1] : words[-1][2]]


def _is_sentence(text: str, words: list[tuple[str, int, int]], at: int, length: int) -> bool:
    before = text[words[at - 1][2] : words[at][1]] if at else "."
    last = at + length
    after = text[words[last - 1][2] : words[last][1]] if last < len(words) else "."
    ends = re.compile(rf"[.!{MARK}]|\n\n")
    inside = _together(text, words[at:last])
    return inside and bool(ends.search(before) and ends.search(after))


def _cut_out(text: str, words: list[tuple[str, int, int]], ours: list[bool]) -> str:
    kept, at = [], 0
    for number, (_, start, end) in enumerate(words):
        if ours[number]:
            before = text[at:start]
            continues = number > 0 and ours[number - 1]
            kept.append("" if continues else f"{before.rstrip(' „“')}\n{MARK}\n")
            at = end
    return "".join([*kept, text[at:].lstrip(".,:?!“” ") if ours and ours[-1] else text[at:]])


@cache
def _letter() -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """Every run of words in what we write, and its shorter sentences."""
    runs: set[tuple[str, ...]] = set()
    short: set[tuple[str, ...]] = set()
    for text in _all_letters():
        words = _keys(text)
        runs |= {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
        for sentence in re.split(r"[.:]\s|\n\n", text):
            if 3 <= len(_keys(sentence)) < _RUN:
                short.add(tuple(_keys(sentence)))
    return frozenset(runs), frozenset(short)


def _keys(text: str) -> list[str]:
    return [_key(plain(m[0])) for m in _SPELT.finditer(_REFERENCE.sub(_blank, text))]


def _all_letters() -> list[str]:
    reference = "CR-00000-000000"
    letters = [
        write_letter(language, reference, amount)
        for language in Language
        for amount in (None, 1, 2)
    ]
    texts = [text for letter in letters for text in (letter.subject, letter.text)]
    return [*texts, *(write_answer(language, reference) for language in Language)]
