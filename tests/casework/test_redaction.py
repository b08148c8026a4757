"""What goes out of a text, kind by kind, and what stays."""

import threading

import pytest

from casework import redaction
from casework.errors import CreditsDeskError, NotRedacted
from casework.redaction import Cut, Identity, Indirect, redact

NOBODY = Identity(client_email="")
JONA = Identity(
    client_email="jona.gudrun85@example.is",
    client_name="Jóna Guðrún Þórsdóttir",
    professional_email="anna.stefans@example.is",
)


@pytest.mark.parametrize(
    "text",
    [
        "Jóna kemur vikulega.",
        "Ég hitti Jónu og Guðrúnu í gær.",
        "saga guðrúnar og jónu",
        "JÓNU LÍÐUR BETUR",
        "Jona og Gudrun, Gudrunar",
        "Gudrún Þorsdóttir",  # accents come and go
        "jonagudrun er hér, JónaGuðrún líka",
        "Jóna-Guðrún, Jóna - Guðrún, jóna_guðrún",
        "J ó n a og G u ð r ú n, Guð rún",
        "Gu\u00adðrún, Gu\u200bðrún, Guðru\u0301n, \uff27uðrún",  # unseen, in parts, full width
        "<b>Gu</b>ðrún og J&oacute;na",
        "Guðrnú, Gðrún, Gudrrun",  # one slip
        "Jóna's husband, Guðrún’s mother",
        "JGÞ, J.G. og J. Guðrún",
        "jona.gudrun85, jona gudrun 85",
    ],
)
def test_the_clients_own_name_goes_however_it_is_written(text: str) -> None:
    left = redact(text, JONA).text

    for name in ("jon", "gud", "guð", "rún", "þór", "85", "J.", "JG"):
        assert name not in left.replace("mother", "") or name in "mother", left


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("ase.soerensen@example.dk", "Åse Sørensen ringede."),
        ("torunn@example.is", "Við Þórunni gengur vel."),
        ("bjorn.aagaard@example.no", "Bjørn Ågård kommer."),
        ("will@example.com", "Then will came, and I told Will so."),
        ("x@blaalonid-spa.example.org", "Unnið er hjá Blaalonid."),
        ("annasigurbjorg@example.is", "Ég ræddi við Sigurbjörgu."),
        ("pkowalczyk@example.com", "pani kowalczyk"),
    ],
)
def test_an_address_tells_the_name(address: str, text: str) -> None:
    left = redact(text, Identity(client_email=address)).text

    for (
        name
    ) in "Åse Sørensen Þórunni Bjørn Ågård will Will Blaalonid Sigurbjörgu kowalczyk".split():
        assert name not in left


def test_mail_that_everybody_may_have_names_nobody() -> None:
    identity = Identity(client_email="xqzw@gmail.com")

    assert identity.domain_words() == ()
    assert redact("We use gmail for example.", identity).text == "We use gmail for example."


@pytest.mark.parametrize(
    ("kind", "text", "gone"),
    [
        (Cut.ADDRESS, "mail to kari.n+x@mail.example.no please", "kari"),
        (Cut.ADDRESS, "netfang: sigga (hjá) example punktur is", "sigga"),
        (Cut.ADDRESS, "write to mette at example dot com today", "mette"),
        (Cut.ADDRESS, "post mette[at]example[dot]dk", "mette"),
        (Cut.PHONE, "sími 555 1234", "1234"),
        (Cut.PHONE, "s. 5551234", "5551234"),
        (Cut.PHONE, "tlf. 12 34 56 78 efter kl. 4", "56"),
        (Cut.PHONE, "+354 555-1234", "555"),
        (Cut.PHONE, "ring 070-123 45 67", "123"),
        (Cut.PHONE, "call 07700 900142 or (01) 234 5678", "900142"),
        (Cut.PHONE, "sími fimm fimm fimm einn tveir þrír fjórir", "fimm"),
        (Cut.NATIONAL_NUMBER, "kt. 120385-2389", "2389"),
        (Cut.NATIONAL_NUMBER, "kennitala 1203852389", "120385"),
        (Cut.NATIONAL_NUMBER, "kt. 310226-9999 án vartölu", "9999"),
        (Cut.NATIONAL_NUMBER, "pnr 19850312-1234", "850312"),
        (Cut.NATIONAL_NUMBER, "pnr 120312+1234", "120312"),
        (Cut.NATIONAL_NUMBER, "fnr 12038512345", "12038512345"),
        (Cut.NATIONAL_NUMBER, "NI QQ 12 34 56 C given", "34"),
        (Cut.NATIONAL_NUMBER, "PPS 1234567TW", "1234567"),
        (Cut.DATE, "síðan 3. mars 2024", "2024"),
        (Cut.DATE, "fædd 12.03.1985", "1985"),
        (Cut.DATE, "on Tuesday 3rd of May", "3rd"),
        (Cut.DATE, "tirsdag den 14. november", "14"),
        (Cut.DATE, "fredag 7/3", "7/3"),
        (Cut.DATE, "2025-11-03 kl. 9", "2025"),
        (Cut.DATE, "þann fimmtánda júní", "fimmtánda"),
        (Cut.DATE, "den tjugoandra augusti", "augusti"),
        (Cut.LINK, "sjá https://example.is/jon?x=1", "example"),
        (Cut.LINK, "see jonsson.is/about", "jonsson"),
        (Cut.HANDLE, "finn meg som @sol_og_vind", "sol_og"),
        (Cut.HANDLE, "snapchat: sologvind", "sologvind"),
        (Cut.PLACE, "býr á Laugavegi 12b", "Laugavegi"),
        (Cut.PLACE, "bor i Storgata 5", "Storgata"),
        (Cut.PLACE, "bor på Lindvägen 7 B, 752 36 Uppsala", "752"),
        (Cut.PLACE, "lives at 12 Harbour View Road", "Harbour"),
        (Cut.PLACE, "hún er frá ólafsfirði", "ólafsfirði"),
        (Cut.PLACE, "vinnur í Kópavogi", "Kópavogi"),
        (Cut.NUMBER, "sag 20391", "20391"),
        (Cut.HANDLE, "konto solvind77", "solvind"),
        (Cut.NUMBER, "mappe solvind77", "solvind"),
        (Cut.NAME, "við ræddum við Sigurð Helgason", "Sigurð"),
        (Cut.NAME, "við ræddum við sigurð helgason", "helgason"),
        (Cut.NAME, "JAG PRATADE MED LINNEA ANDERSSON IGÅR", "LINNEA"),
        (Cut.NAME, "and Björk agreed", "Björk"),
        (Cut.NAME, "her boss John O'Brien agreed", "O'Brien"),
        (Cut.NAME, "kontakten er M.K.", "M.K"),
        (Cut.UNKNOWN, "hun arbejder hos Blanktogpænt", "Blanktogpænt"),
        (Cut.UNKNOWN, "talked to Иван today", "Иван"),
        (Cut.UNKNOWN, "talked to Jоhn today", "hn"),  # its o is Cyrillic
        (Cut.UNKNOWN, "s k e l f i n g", "k e l"),
    ],
)
def test_what_may_identify_somebody_goes(kind: Cut, text: str, gone: str) -> None:
    redacted = redact(text, NOBODY)

    assert gone not in redacted.text
    assert redacted.cuts[kind] >= 1
    assert redacted.text.count("[…]") >= 1


@pytest.mark.parametrize(
    "text",
    [
        "Skjólstæðingur glímir við alvarlegan kvíða og þarf 4-6 tíma í viðbót.",
        "Óskað er eftir 5 viðtölum vegna áfallastreituröskunar. HAM hefur hjálpað.",
        "The client has PTSD. We are half way through EMDR; I think 6 more would do, PHQ-9 15.",
        "Please don't stop now: it's going well, 2-3 times a week, 50 minutes, 24/7 worries.",
        "Klienten har stadig angst og søvnproblemer. Vi arbejder med eksponering, 3 gange til.",
        "Klienten mår bättre men behöver fem samtal till. Utmattningssyndrom och ångest, MADRS 22.",
        "Klienten har fått hjelp, men trenger fire timer til. Vi jobber med søvn og grensesetting.",
        "DO NOT STOP THE TREATMENT NOW",
        "þarf fleiri tíma vegna kulnunar og svefnleysis",
    ],
)
def test_what_tells_nothing_of_anybody_stays(text: str) -> None:
    assert redact(text, JONA).text == text
    assert redact(text, JONA).cuts == {}


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        (Indirect.ROLE, "hún er kennarinn sem"),
        (Indirect.ROLE, "hun er sygeplejerske"),
        (Indirect.ROLE, "he is our only engineer"),
        (Indirect.PREGNANCY, "kemur úr fæðingarorlofi"),
        (Indirect.PREGNANCY, "hon är föräldraledig"),
        (Indirect.FAMILY, "eiginmanni hennar líður illa"),
        (Indirect.FAMILY, "hennes syster"),
        (Indirect.ONLY_ONE, "eini starfsmaðurinn"),
        (Indirect.ONLY_ONE, "den eneste i huset"),
        (Indirect.ONLY_ONE, "den enda som"),
        (Indirect.ONLY_ONE, "the only one here"),
        (Indirect.GENDER, "henni líður vel"),
        (Indirect.GENDER, "she is well"),
        (Indirect.LANGUAGE, "talar bara pólsku"),
        (Indirect.LANGUAGE, "she speaks Polish"),
        (Indirect.WORKPLACE, "på natskift i afdelingen"),
        (Indirect.AGE, "hann er 34 ára"),
        (Indirect.AGE, "a 34-year-old"),
        (Indirect.PLACE, "the Cork office"),
        (Indirect.TIME, "comes on Tuesdays"),
    ],
)
def test_what_points_to_somebody_without_a_name_is_marked(mark: Indirect, text: str) -> None:
    assert redact(text, NOBODY).indirect[mark] >= 1


def test_a_text_that_points_to_nobody_has_no_marks() -> None:
    assert redact("Treatment for anxiety goes well.", NOBODY).indirect == {}


def test_what_was_cut_is_counted_by_kind_and_shown_as_one() -> None:
    redacted = redact("Jóna Guðrún Þórsdóttir og Sigurður, sími 555 1234", JONA)

    assert redacted.text == "[…] og […], sími […]"
    assert redacted.cuts == {Cut.NAME: 2, Cut.PHONE: 1}


def test_nothing_of_a_person_is_in_what_is_printed() -> None:
    redacted = redact("Jóna hefur það gott, hún er betri", JONA)

    assert repr(JONA) == "Identity(…)"
    assert repr(redacted) == "Redacted(cuts={name: 1}, indirect={gender: 1})"


@pytest.mark.parametrize(
    "layer", ["plain", "words", "shapes", "find_names", "OwnWords", "indirect_marks"]
)
def test_when_a_layer_breaks_nothing_is_shown(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*anything: object) -> None:
        raise ValueError("Jóna Guðrún")

    monkeypatch.setattr(redaction, layer, broken)

    with pytest.raises(NotRedacted) as failure:
        redact("Jóna Guðrún", JONA)
    assert "J" not in str(failure.value)
    assert failure.value.__cause__ is None and failure.value.__context__ is None
    assert isinstance(failure.value, CreditsDeskError)


def test_a_text_that_never_comes_to_rest_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_without", lambda text, spans: text)

    with pytest.raises(NotRedacted):
        redact("Jóna", JONA)


def test_a_text_longer_than_anybody_writes_is_not_shown() -> None:
    with pytest.raises(NotRedacted):
        redact("a" * 5_001, NOBODY)


def test_many_threads_may_begin_at_once() -> None:
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(redact("Jóna og Sigurður", JONA).text))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert texts == ["[…] og […]"] * 8
