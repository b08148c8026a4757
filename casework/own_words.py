"""What the sender of a mail wrote anew: without quotes, forwarded mail, signature and disclaimers.

Written here and not taken from a library: of those on offer, mail-parser-reply 1.36 has neither
Icelandic nor Norwegian, takes a line "Tak" or "- 4" for a signature, and needed more than 5 s for
200 kB of line ends; quotequail 0.5.4 has English and Swedish of our languages, and needs lxml.

Each line is looked at once, by itself or with the next few, and no expression here repeats within a
repeat, so the time grows with the length, which is cut at 100 000 characters.
"""

import html
import re

from casework.inflection import is_common_word, is_name
from casework.languages import Language
from casework.lexicon import spelt
from casework.own_letter import MARK, without_letter
from casework.reply_tables import beginner, finder, plain

#: More of a mail is not read.
MOST_CHARACTERS = 100_000
# What is cut may bring together what must be cut as well. Each time it gets shorter.
_MOST_PASSES = 6

_ALL = frozenset(Language)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\x00]")
_BREAK = re.compile(r"<(?:br|p|div|li|tr|h\d)(?:\s[^<>]{0,400})?/?>|</(?:p|div|li|tr|h\d)>", re.I)
_QUOTE = re.compile(r"<blockquote(?:\s[^<>]{0,400})?>", re.I)
_TAG = re.compile(r"<[/!]?[a-z][^<>]{0,1000}>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.I)
_MARKED = re.compile(r"\s*[>|]")
_RULE = re.compile(r"\s*[_=*]{10,}\s*|\s*-{20,}\s*")
_DASHES = re.compile(r"[-\s>*]{2,60}[^-]{3,60}?[-\s*]{2,60}:?")
_DELIMITER = re.compile(r"(?:--|—|–|__)\s*")
_DASHED_NAME = re.compile(r"[/~–-] ?[^\W\d_][\w .-]{0,40}")
_POSTSCRIPT = re.compile(r"p\.? ?s\b\.?", re.I)


def own_words(text: str) -> str:
    """What the sender wrote anew, as spelt; what was cut from within is left as ``…``."""
    text = text[:MOST_CHARACTERS]
    for _ in range(_MOST_PASSES):
        kept = _cut(text)
        if kept == text:
            break
        text = kept
    return text


def _cut(text: str) -> str:
    lines = _without_markup(text).split("\n")
    lines = _without_disclaimers(_without_quotes(lines))
    kept = without_letter("\n".join(_without_signature(lines)))
    kept = "\n".join(line.strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip(f" \t\n{MARK}\u00a0")


def _without_markup(text: str) -> str:
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    for name in ("style", "script", "head"):
        text = _without_element(text, name)
    text = _TAG.sub(" ", _BREAK.sub("\n", _QUOTE.sub("\n> ", text)))
    return _ENTITY.sub(_character, text).replace("\u00a0", " ")


def _without_element(text: str, name: str) -> str:
    """Up to the first that is not closed."""
    low, kept, at = text.lower(), [], 0
    while len(low) == len(text) and (start := low.find(f"<{name}", at)) >= 0:
        end = low.find(f"</{name}>", start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(name) + 3
    return " ".join([*kept, text[at:]])


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for, but nothing that could be read as markup once more."""
    return re.sub(r"[&<>\s]|[^\S ]", " ", html.unescape(entity[0]))[:2]


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    skip = 0
    for at, line in enumerate(lines):
        if skip:
            skip -= 1
        elif _MARKED.match(line):
            _mark(kept)
        elif length := _introduces_quote(lines, at):
            skip = length - 1
            if not _quote_is_marked(lines, at + length):
                break
        elif _cuts(lines, at):
            break
        else:
            kept.append(line)
    return kept


def _mark(kept: list[str]) -> None:
    if not kept or kept[-1] != MARK:
        kept.append(MARK)


def _quote_is_marked(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_MARKED.match(following))


def _introduces_quote(lines: list[str], at: int) -> int:
    """How many lines "On … wrote:" takes here, if it is here."""
    if not lines[at].strip() or len(lines[at]) > 300:
        return 0
    joined = ""
    for length, line in enumerate(lines[at : at + 3], 1):
        joined += " " + line.strip()[:300]
        if joined.endswith(":") and re.search(r"\d|@", lines[at] if length > 1 else joined):
            return length if finder("wrote", _ALL).search(plain(joined)) else 0
        if not line.strip():
            return 0
    return 0


def _cuts(lines: list[str], at: int) -> bool:
    """Whether all from here on is quoted or forwarded."""
    line = lines[at].strip()
    if not line or len(line) > 200:
        return False
    if _RULE.fullmatch(line):
        return True
    titled = bool(_DASHES.fullmatch(line)) or line.endswith(":")
    if titled and beginner("cuts").match(plain(line).strip(", ")):
        return True
    return _is_header(line) and sum(_is_header(other) for other in lines[at + 1 : at + 6]) > 1


def _is_header(line: str) -> bool:
    name, colon, _ = line.strip(" \t*>|")[:60].partition(":")
    return bool(colon) and bool(finder("headers", _ALL).fullmatch(plain(name.strip(" *"))))


def _without_disclaimers(lines: list[str]) -> list[str]:
    """Without the paragraphs that are there to warn, at the head as well as at the foot."""
    kept: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        kept += _unless_legal(paragraph)
        kept.append("")
        paragraph = []
    return kept


def _unless_legal(paragraph: list[str]) -> list[str]:
    for at, line in enumerate(paragraph):
        start = plain(line[:120]).strip(", ")
        if beginner("disclaimers").match(start):
            rest = plain(" ".join(paragraph[at:])[:3000])
            if finder("legal", _ALL).search(rest):
                return [*paragraph[:at], MARK]
    return paragraph


def _without_signature(lines: list[str]) -> list[str]:
    kept: list[str] = []
    signed = begun = False
    for line in lines:
        if signed and _POSTSCRIPT.match(line.strip()):
            signed = False
        elif not signed:
            signed = _signs(line.strip(), begun)
        if not signed and not _is_sent_from(line):
            kept.append(line)
            begun = begun or _says_something(line)
    return kept


def _signs(line: str, begun: bool) -> bool:
    """Whether the signature begins here. ``begun``: something was said above."""
    if not line or len(line) > 80:
        return False
    if _DELIMITER.fullmatch(line) or _DASHED_NAME.fullmatch(line):
        return True
    return is_closing(line) or (begun and _is_only_names(line))


def _says_something(line: str) -> bool:
    said = plain(line[:100]).strip(", ")
    return bool(said) and not beginner("greetings").match(said)


def is_closing(bare: str) -> bool:
    """Whether a line, or a last sentence, is "Kind regards" with at most a name or two after it."""
    text = plain(bare[:100]).strip(", ")
    match = beginner("closings").match(text)
    if not match or "?" in bare:
        return False
    rest = text[match.end() :].strip(", ").replace(",", " ").split()
    spelled = re.findall(r"[^\W\d_]+", bare)
    after = spelled[len(spelled) - len(rest) :] if rest else []
    return len(rest) < 5 and all(word[:1].isupper() or is_name(word) for word in after)


def _is_only_names(bare: str) -> bool:
    words = re.findall(r"[^\W\d_]+", bare)
    if not 1 <= len(words) <= 4 or not re.fullmatch(
        r"[^\W\d_]+(?:[ .-]{1,2}[^\W\d_]+){0,3}\.?,?", bare
    ):
        return False
    if not all(word[0].isupper() and (is_name(word) or len(word) == 1) for word in words):
        return False
    return len(words) > 1 or not is_common_word(spelt(words[0]))


def _is_sent_from(line: str) -> bool:
    return len(line) < 100 and bool(beginner("sent_from").match(plain(line).strip(", ")))
