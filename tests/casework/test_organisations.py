"""The wrong-organisation guard: sure only where there is no doubt."""

import pytest

from casework.organisations import Certainty, Company, CompanyBook, plain_name

MAREL = Company("1", "Marel hf.", frozenset({"marel.com", "marel.is"}))
ORIGO = Company("2", "Origo hf.", frozenset({"origo.is"}))
ISLANDSBANKI = Company("3", "Íslandsbanki hf", frozenset({"isb.is"}))
EIMSKIP = Company("4", "Eimskipafélag Íslands", frozenset({"eimskip.is"}))
NORTH = Company("5", "Hub North ehf.", frozenset({"north.example"}))
NORTH_TWIN = Company("6", "Hub North Ltd", frozenset({"twin.example"}))
EQUINOR = Company("7", "Equinor ASA", frozenset({"equinor.com"}))
BOOK = CompanyBook([MAREL, ORIGO, ISLANDSBANKI, EIMSKIP, NORTH, NORTH_TWIN, EQUINOR])


@pytest.mark.parametrize(
    ("typed", "address", "company"),
    [
        ("Marel", "jona@gmail.com", MAREL),
        ("MAREL HF", "jona@gmail.com", MAREL),
        ("marel ehf.", "jona@gmail.com", MAREL),
        ("  Islandsbanki  ", "jona@gmail.com", ISLANDSBANKI),
        ("Equinor A.S.A.", "jona@online.no", EQUINOR),
        ("Marel hf.", "jona@marel.is", MAREL),
        ("Mareel", "jona@marel.com", MAREL),
        ("Marel Iceland", "jona@mail.marel.is", MAREL),
        ("Hub North", "jona@twin.example", NORTH_TWIN),
    ],
)
def test_sure(typed: str, address: str, company: Company) -> None:
    match = BOOK.match(typed, address)
    assert match.certainty is Certainty.SURE
    assert match.company == company
    assert not match.candidates


@pytest.mark.parametrize(
    ("typed", "address", "candidates"),
    [
        ("Mareel", "jona@gmail.com", {MAREL}),
        ("Hub North", "jona@gmail.com", {NORTH, NORTH_TWIN}),
        ("Eimskip", "jona@gmail.com", {EIMSKIP}),
        ("Mareel", "jona@origo.is", {MAREL}),
    ],
)
def test_unsure(typed: str, address: str, candidates: set[Company]) -> None:
    match = BOOK.match(typed, address)
    assert match.certainty is Certainty.UNSURE
    assert match.company is None
    assert candidates <= set(match.candidates)


@pytest.mark.parametrize(
    ("typed", "address"),
    [("Marel", "jona@origo.is"), ("Hub North", "jona@marel.com"), ("Origo", "jona@x.marel.is")],
)
def test_a_contradiction_between_name_and_address(typed: str, address: str) -> None:
    match = BOOK.match(typed, address)
    assert match.certainty is Certainty.CONTRADICTION
    assert match.company is None


@pytest.mark.parametrize("typed", ["", "hf.", "Somebody Else Entirely", "(not given)", "…"])
def test_unknown(typed: str) -> None:
    match = BOOK.match(typed, "jona@marel.is")
    assert match.certainty is Certainty.UNKNOWN
    assert match.company is None
    assert not match.candidates


@pytest.mark.parametrize("address", ["", "@", "jona", "jona@", "jona@.", "jona@is"])
def test_an_address_that_is_none_says_nothing(address: str) -> None:
    assert BOOK.match("Marel", address).certainty is Certainty.SURE


def test_an_empty_book_knows_nobody() -> None:
    assert CompanyBook([]).match("Marel", "jona@marel.is").certainty is Certainty.UNKNOWN


def test_a_free_mail_domain_on_a_company_proves_nothing() -> None:
    book = CompanyBook([MAREL, Company("9", "Kaffi", frozenset({"gmail.com"}))])
    assert book.match("Marel", "jona@gmail.com").company == MAREL


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Þórðarson & synir ehf.", "thordarson synir"),
        ("ØRSTED A/S", "orsted"),
        ("Crédit  Agricole, S.A.", "credit agricole"),
        ("Hf.", "hf"),
        ("L'Oréal", "loreal"),
    ],
)
def test_plain_names(name: str, plain: str) -> None:
    assert plain_name(name) == plain
