"""What a check of something outside found, in plain words."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """``warning``: it works, and perhaps not as you think."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Check:
    """One line of the report. ``advice`` says what to do, and is empty where all is well."""

    what: str
    verdict: Verdict = Verdict.OK
    advice: str = ""
