"""What an organisation is sent: the words tell nothing but the reference and the amount."""

import inspect
import re

import pytest

from casework.languages import Language
from casework.organisation_letter import write_answer, write_letter
from casework.request import new_reference

ONE, OTHER = "CR-7K2M9-QX4TDP", "CR-0ABCD-EFGHJT"
LANGUAGES = list(Language)

#: Words and phrases that would tell something about the person, by what they would tell.
GENDERED = {
    "is": "hann hún hán honum henni hana hans hennar hvern hverja karl kona konu frú herra",
    "en": "he she him her his hers himself herself mr mrs ms man woman lady gentleman",
    "da": "han hun ham hende hans hendes mand kvinde herre frue",
    "sv": "han hon hen honom henne hans hennes man kvinna herr fru",
    "nb": "han hun hen ham henne hans hennes mann kvinne herr fru",
}
KIN = {
    "is": "maki maka eiginmaður eiginkona móðir faðir foreldri barn börn systir bróðir ólétt",
    "en": "husband wife spouse partner mother father parent child children pregnant pregnancy",
    "da": "ægtefælle partner mor far forælder barn børn søster bror gravid",
    "sv": "make maka partner mamma pappa mor far förälder barn syster bror gravid",
    "nb": "ektefelle partner mor far forelder barn søster bror gravid",
}
ROLES = {
    "is": "starfsmaður stjórnandi forstjóri kennari verkfræðingur vaktavinna deild skrifstofa",
    "en": "manager director teacher engineer nurse shift department office team branch",
    "da": "leder direktør lærer ingeniør sygeplejerske vagt afdeling kontor",
    "sv": "chef direktör lärare ingenjör sjuksköterska skift avdelning kontor",
    "nb": "leder direktør lærer ingeniør sykepleier vakt avdeling kontor",
}
SERVICES = {
    "is": "sálfræðingur sálfræðings meðferð viðtal viðtöl ráðgjafi læknir sjúkraþjálfari kvíði",
    "en": "psychologist therapist therapy counsellor coach doctor treatment anxiety health mental",
    "da": "psykolog terapeut terapi samtale rådgiver læge behandling angst helbred",
    "sv": "psykolog terapeut terapi samtal rådgivare läkare behandling ångest hälsa",
    "nb": "psykolog terapeut terapi samtale rådgiver lege behandling angst helse",
}
TIMES = {
    "is": ["nýlega", "í dag", "í gær", "í síðustu viku", "aftur", "annað sinn", "enn á ný", "núna"],
    "en": ["recently", "today", "yesterday", "last week", "again", "second", "once more", "since"],
    "da": ["for nylig", "i dag", "i går", "sidste uge", "igen", "anden", "endnu en gang", "siden"],
    "sv": ["nyligen", "i dag", "idag", "förra veckan", "igen", "andra", "en gång till", "sedan"],
    "nb": ["nylig", "i dag", "i går", "forrige uke", "igjen", "andre", "en gang til", "siden"],
}
#: Common given names, and those that are words as well: an egress check knows only the word.
NAMES = {
    "is": "jón jóni jóns guðrún guðrúnu anna önnu sigríður kristín ólafur dagur dag degi von ósk "
    "óska björk sól örn már trausti bera tala tölu frá annar annars vala vali hrein",
    "en": "john mary anna james patrick aoife will may mark grant hope grace joy faith bill frank "
    "rose sue pat rob art guy else ask drew chance",
    "da": "anna peter mette lars ole bo liv per ib tage hans else bent sol mai dag andre ask",
    "sv": "anna erik karin lars bo liv per inga alla andra ask my ro dag siv ida",
    "nb": "anna ola kari lars bo liv per inga dag tor sol siv andre ask mai",
}


def every_text(language: Language) -> str:
    """All that may be written in a language, without the reference."""
    letters = [write_letter(language, ONE, amount) for amount in (1, 4, None)]
    texts = [part for letter in letters for part in (letter.subject, letter.text)]
    return " ".join([*texts, write_answer(language, ONE)]).replace(ONE, "")


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("credits", [1, 4, None])
def test_between_two_requests_only_the_reference_differs(
    language: Language, credits: int | None
) -> None:
    one, other = (write_letter(language, reference, credits) for reference in (ONE, OTHER))

    assert one.subject.replace(ONE, OTHER) == other.subject
    assert one.text.replace(ONE, OTHER) == other.text
    assert one.text.count(ONE) == one.subject.count(ONE) == 1
    for part in (other.subject, other.text):
        assert not set(ONE.split("-")[1:]) & set(re.findall(r"\w+", part))


@pytest.mark.parametrize("language", LANGUAGES)
def test_between_two_amounts_only_the_amount_differs(language: Language) -> None:
    four, twelve = (write_letter(language, ONE, amount) for amount in (4, 12))

    assert four.subject == twelve.subject
    assert re.sub(r"\b4\b", "12", four.text.replace(ONE, "")) == twelve.text.replace(ONE, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_no_numbers_but_the_amount_and_the_reference(language: Language) -> None:
    letter, open_letter = write_letter(language, ONE, 7), write_letter(language, ONE, None)

    assert re.findall(r"\d+", letter.text.replace(ONE, "")) == ["7"]
    for text in (letter.subject, open_letter.text, write_answer(language, ONE)):
        assert not re.search(r"\d", text.replace(ONE, ""))


@pytest.mark.parametrize(
    ("language", "credits", "noun"),
    [
        (Language.IS, 1, "1 inneign til viðbótar"),
        (Language.IS, 2, "2 inneignir til viðbótar"),
        (Language.IS, 11, "11 inneignir til viðbótar"),
        (Language.IS, 21, "21 inneign til viðbótar"),
        (Language.IS, 101, "101 inneign til viðbótar"),
        (Language.IS, 111, "111 inneignir til viðbótar"),
        (Language.EN, 1, "1 more credit."),
        (Language.EN, 2, "2 more credits."),
        (Language.EN, 21, "21 more credits."),
        (Language.DA, 1, "1 kredit mere."),
        (Language.DA, 2, "2 kreditter mere."),
        (Language.DA, 21, "21 kreditter mere."),
        (Language.SV, 1, "ytterligare 1 kredit."),
        (Language.SV, 2, "ytterligare 2 krediter."),
        (Language.SV, 21, "ytterligare 21 krediter."),
        (Language.NB, 1, "1 kreditt til."),
        (Language.NB, 2, "2 kreditter til."),
        (Language.NB, 21, "21 kreditter til."),
    ],
)
def test_the_noun_goes_with_its_number(language: Language, credits: int, noun: str) -> None:
    assert f" {noun}" in write_letter(language, ONE, credits).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", [GENDERED, KIN, ROLES, SERVICES, NAMES])
def test_no_word_tells_who_it_is(language: Language, told: dict[str, str]) -> None:
    assert words_of(every_text(language)) & set(told[language].split()) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_tells_when_or_how_often(language: Language) -> None:
    text = every_text(language).lower()

    assert [hint for hint in TIMES[language] if re.search(rf"\b{hint}\b", text)] == []


@pytest.mark.parametrize(
    ("language", "generic"),
    [
        (Language.IS, "Beiðni um inneign"),
        (Language.EN, "Credit request"),
        (Language.DA, "Anmodning om kreditter"),
        (Language.SV, "Förfrågan om krediter"),
        (Language.NB, "Forespørsel om kreditter"),
    ],
)
def test_the_subject_is_generic_words_and_the_reference(language: Language, generic: str) -> None:
    subjects = {write_letter(language, ONE, amount).subject for amount in (1, 4, None)}

    assert subjects == {f"{generic} {ONE}"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_sent_as_it_is(language: Language) -> None:
    for text in (write_letter(language, ONE, None).text, write_answer(language, ONE)):
        greeting, *paragraphs, closing = text.removesuffix("\n").split("\n\n")
        assert not set("{}[]") & set(text)
        assert len(greeting.split()) <= 3
        assert len(closing.split()) == 2
        assert all(paragraph.endswith(".") for paragraph in paragraphs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_amount_it_asks_how_many(language: Language) -> None:
    known, unknown = (write_letter(language, ONE, amount) for amount in (4, None))
    asks = {"is": "hversu margar", "en": "how many", "da": "hvor mange", "sv": "hur många"}

    assert asks.get(language, "hvor mange") in unknown.text
    assert asks.get(language, "hvor mange") not in known.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_cannot_depend_on_the_guess(language: Language) -> None:
    answers = {write_answer(language, new_reference()) for _ in range(20)}
    without = {re.sub(r"CR-\w{5}-\w{6}", "", answer) for answer in answers}

    assert list(inspect.signature(write_answer).parameters) == ["language", "reference"]
    assert len(without) == 1
    assert len({len(answer) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.IS, ["hvorki staðfestum né hrekjum", "sömu orðum", "ekki fara lengra"]),
        (Language.EN, ["neither confirm nor deny", "exactly these words", "not pass guesses on"]),
        (Language.DA, ["hverken bekræfter eller afkræfter", "samme ord", "ikke at sende gæt"]),
        (Language.SV, ["varken bekräftar eller dementerar", "ordagrant", "inte föra gissningar"]),
        (Language.NB, ["verken bekrefter eller avkrefter", "samme ordene", "ikke å sende gjet"]),
    ],
)
def test_the_answer_neither_confirms_nor_denies(language: Language, says: list[str]) -> None:
    answer = write_answer(language, ONE)

    assert [part for part in says if part not in answer] == []


@pytest.mark.parametrize("typed", ["Jón", "CR-Jón", "", f"{ONE} Jón", f"{ONE}\n"])
def test_only_a_reference_gets_in_and_what_was_given_is_not_quoted(typed: str) -> None:
    for write in (lambda: write_letter(Language.EN, typed, 1), lambda: write_answer("en", typed)):  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="no reference") as caught:
            write()
        assert "Jón" not in str(caught.value)


@pytest.mark.parametrize("credits", [0, -1])
def test_nobody_is_asked_for_nothing(credits: int) -> None:
    with pytest.raises(ValueError, match="less than one"):
        write_letter(Language.EN, ONE, credits)
