"""The CRM's companies in memory, two a page."""

from dataclasses import dataclass, field

from casework.errors import CreditsDeskError
from casework.organisations import Company
from casework.ports import CompanyPage

_PAGE = 2


@dataclass
class FakeCompanies:
    """Keeps companies in a list. ``fault`` is raised by every call while it is set."""

    all: list[Company] = field(default_factory=list)
    fault: CreditsDeskError | None = None

    def read_companies(self, page: str | None) -> CompanyPage:
        if self.fault:
            raise self.fault
        start = int(page or 0)
        more = len(self.all) > start + _PAGE
        return CompanyPage(self.all[start : start + _PAGE], str(start + _PAGE) if more else None)
