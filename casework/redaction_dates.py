"""Dates in words: days, months, feasts, quarters and weeks, in five languages.

What points to a day, a month or a year is cut, since with a calendar or a list of staff it may lead
to one person; so does an hour with its minutes. A day of the week by itself is left, and marked.
"""

import re
from collections.abc import Iterator

from casework.redaction_calendar import calendar_pieces
from casework.redaction_date_figures import dates_in_figures
from casework.redaction_kinds import Cut, Span

# The letters are those of redaction_calendar.Class.
_MONTH = r"(?:M|w(?!v))"
_NAMED_DAY = r"(?:T[-c]?[oN]|[oNT]|n\.)"  # the fifth, 5th, 5.
_DAY = rf"(?:{_NAMED_DAY}|n)"
_DAYS = rf"{_DAY}(?:[-cp,]{{1,2}}{_DAY}){{0,6}}"
_YEAR = r"(?:,?[tpe]?[Yy])?"
_HOUR = r"(?:,?[pt]?h\.?[nCD]|,?[pt]?C)?"
_WEEKDAY = r"(?:W[.,]{0,2}[tP]{0,2}\.?)?"
_NO_NOUN = r"(?=\Z|[-,.;cpPth])"  # no "den 3. gang"

# Where a shape has a group, only that is the date; what stands before it is but a sign of one.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_WEEKDAY}{_DAYS}{_MONTH}\.?{_YEAR}{_HOUR}",  # Tuesday 3rd May 2024; 3.-5. maí
        rf"{_WEEKDAY}{_NAMED_DAY}[tP]{_MONTH}\.?{_YEAR}{_HOUR}",  # the third of May
        rf"[Mw]\.?t?(?:[NT]|T[-c]?o|o|n)(?!\.?[\-p]?n?u|-n|[:;]n){_YEAR}",  # May 3rd
        rf"(?:e(?:[-c]{{1,2}}e)?[-tPap]{{0,2}})?M\.?{_YEAR}",  # early in March
        rf"e(?:[-c]{{1,2}}e)?[-tPap]{{0,2}}(?:{_MONTH}|[SFY]){_YEAR}",
        rf"w\.?{_YEAR.removesuffix('?')}",  # may 2024
        r"[pP](w)(?!v)",  # since may
        rf"(?:{_NAMED_DAY}t?[FS]|F){_YEAR}",  # annar í jólum
        rf"l[SF]{_YEAR}",  # last Easter
        rf"[pPtea](S){_YEAR}",  # since Christmas
        rf"S{_YEAR.removesuffix('?')}",
        rf"W[.,]{{0,2}}[tP]{{0,2}}\.?(?:n\.|N|n(?!-n)){_NO_NOUN}",  # fredag den 7.
        rf"P\.?t?(n\.|N){_NO_NOUN}",  # þann 14.
        rf"P\.(n){_NO_NOUN}",  # d. 14
        rf"{_DAY}t?q{_YEAR}|qn{_YEAR}",  # andet kvartal
        # Uge 12, but not the 12th week of a pregnancy or a treatment.
        r"(?<!g)(?<!g.)(?<!g..)k[n#](?:[-,c]{1,2}[n#]){0,6}(?!\.?a|-?\.?u|.?.?g)",
        r"W,?[pt]?h\.?[nCD]|W,?[pt]?[CD]|h\.?[CD]|C",  # an hour with its minutes, or of a weekday
    )
)
# A feast with a name of several words.
_FEASTS = re.compile(
    r"\b(?:bank holiday(?: (?:monday|friday|weekend))?|boxing day|christmas (?:eve|day|week)"
    r"|new year'?s?(?: (?:eve|day))?|st\.? (?:patrick|stephen)'?s?(?: day)?|good friday"
    r"|(?:easter|whit) (?:sunday|monday|weekend|week)|shrove tuesday|pancake day|ash wednesday"
    r"|palm sunday|(?:mother|father)'?s day|valentine'?s(?: day)?|(?:bonfire|burns) night|may day"
    r"|sumardag\w+ fyrst[aiu]|fyrst[aiu] vetrardag\w*|frídag\w+ verslunarmanna|kristi himmel\w+"
    r"|store bededag|s(?:ank)?t\.? hans(?:aften)?|alla helgons?(?: dag)?|hellige tre konger)\b",
    re.I,
)


def dates(text: str) -> Iterator[Span]:
    """Every date in the text."""
    letters, pieces = calendar_pieces(text)
    for shape in _SHAPES:
        for match in shape.finditer(letters):
            first, end = match.span(shape.groups)
            yield Span(pieces[first].start, pieces[end - 1].end, Cut.DATE)
    for feast in _FEASTS.finditer(text):
        yield Span(*feast.span(), Cut.DATE)
    yield from dates_in_figures(text)
