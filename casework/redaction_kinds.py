"""What a redaction finds: kinds of cuts, kinds of indirect marks, and where in a text they are."""

from enum import StrEnum
from typing import NamedTuple


class Cut(StrEnum):
    """What was taken out of a text."""

    NAME = "name"
    ADDRESS = "address"  # of mail
    PHONE = "phone"
    NATIONAL_NUMBER = "national number"
    DATE = "date"
    LINK = "link"
    HANDLE = "handle"
    PLACE = "place"  # towns, countries, streets
    NUMBER = "number"  # any other run of digits that may point to somebody
    UNKNOWN = "unknown"  # a word with a capital, or in strange letters, that we do not know


class Indirect(StrEnum):
    """What is left in a text and may still tell, to those who know the people, who is meant."""

    ROLE = "role"
    WORKPLACE = "workplace"  # department, shift, seniority
    PLACE = "place"
    PREGNANCY = "pregnancy"  # and leave for a child
    FAMILY = "family"
    ONLY_ONE = "only one"
    GENDER = "gender"
    LANGUAGE = "language"  # and nationality
    AGE = "age"
    TIME = "time"  # days of the week and feasts


class Span(NamedTuple):
    """From ``start`` up to, not including, ``end``: this goes."""

    start: int
    end: int
    kind: Cut
