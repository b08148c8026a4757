"""Names of employers, schools, clinics and authorities, in five languages."""

import pytest

from casework.redaction import Identity, redact

NOBODY = Identity(client_email="")


@pytest.mark.parametrize(
    "marked",
    """
vinnur hjá {Blárri Lind ehf}. núna
{Græna Lind ehf} sagði henni upp
vinnur hjá {bláklukku ehf} núna
hún er í {Menntaskólanum við Tröð} núna
vinnur hjá {Eimskip} núna
{Landspítalinn} hringdi í gær
{Rauði krossinn} hringdi í gær
works at {Green Harbour Bank} now
{Green Harbour Bank} called in May again
works at {Marks & Spencer} now
works at {M&S} now
the {University of Leeds} asked
works for {IKEA} now
works at {tesco} still
{Harbour School} called again
works at {Nexholm Group} now
hun er ansat i {Lyngby kommune} nu
{Lyngby Kommune} har sagt nej
hun er hos {novo nordisk} nu
hun er ansat i {DSB} nu
hos {Blå Port A/S} nu
{Røde Kors} har sagt nej
jobbar på {Volvo Cars AB} nu
jobbar på {h&m} nu
{Svenska Kyrkan} ringde igen
går på {Ekbackens vårdcentral} nu
jobber i {Equinor ASA} nå
går på {Blindern skole} nå
{Norges Bank} ringte igjen
jobber hos {Blå Fjell AS} nå
""".strip().splitlines(),
)
def test_an_organisations_name_goes_whole(marked: str) -> None:
    before, _, rest = marked.partition("{")
    name, _, after = rest.partition("}")

    left = redact(before + name + after, NOBODY).text.split()

    assert not {word for word in name.split() if len(word) > 1} & set(left)
    assert before.split() == left[: len(before.split())]


@pytest.mark.parametrize(
    "text",
    [
        "Please do NOT stop now, it is VERY important.",
        "Her school has been told.",
        "Q&A and A&E",
        "Sleep is better (ISI 12, down from 19).",
        "Kommunen har sagt nej.",
        "Skolen har sagt nei, og banken også.",
        "ptsd OCD ADHD gad",
        "Vi bruger EMDR og CBT",
        "Heilsugæslan vísaði á mig.",
        "The bank and the hospital agree.",
    ],
)
def test_a_kind_of_organisation_is_no_name(text: str) -> None:
    assert redact(text, NOBODY).text == text
