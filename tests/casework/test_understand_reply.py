"""What a reply proposes: only what is plain, and nothing of what was quoted."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.languages import Language
from casework.organisation_letter import write_answer, write_letter
from casework.understand_reply import Meaning, Understanding, own_words, understand

REFERENCE = "CR-7K2M9-QX4TDP"
SUBJECT = f"Re: Credit request {REFERENCE}"
APPROVE, DECLINE, OTHER = Meaning.APPROVE, Meaning.DECLINE, Meaning.OTHER_NUMBER
QUESTION, WHO, UNCLEAR = Meaning.QUESTION, Meaning.WHO_IS_IT, Meaning.UNCLEAR

#: Plain answers to a letter that asked for four.
APPROVALS = [
    "Já, við samþykkjum það.",
    "Samþykkt.",
    "Ekkert mál, fjórar inneignir eru í lagi.",
    "Yes, that is fine.",
    "We approve four more credits.",
    "No problem at all, go ahead.",
    "Ja, det er i orden.",
    "Vi godkender fire kreditter.",
    "Ja, det går bra.",
    "Vi godkänner 4 krediter.",
    "Inga problem, ni får fyra.",
    "Ja, det er greit for oss.",
    "Vi godkjenner fire kreditter til.",
    "4",
]
DECLINES = [
    "Nei, því miður.",
    "Við getum ekki samþykkt þetta.",
    "No, sorry.",
    "We cannot approve this.",
    "Unfortunately our budget is used up.",
    "Nej tak.",
    "Det kan vi desværre ikke godkende.",
    "Nej, tyvärr.",
    "Vi kan inte godkänna detta.",
    "Nei, dessverre.",
    "Det kan vi ikke godkjenne.",
    "0",
]
CLEAR = [*((text, APPROVE) for text in APPROVALS), *((text, DECLINE) for text in DECLINES)]


def read(text: str, asked: int | None = 4) -> tuple[Meaning, int | None]:
    understood = understand(SUBJECT, text, asked)
    return understood.meaning, understood.credits


@pytest.mark.parametrize("text", APPROVALS)
def test_a_plain_yes_is_an_approval_of_what_was_asked(text: str) -> None:
    assert read(text) == (APPROVE, 4)


@pytest.mark.parametrize("text", DECLINES)
def test_a_plain_no_declines(text: str) -> None:
    assert read(text) == (DECLINE, None)


@pytest.mark.parametrize(
    ("text", "asked", "credits"),
    [
        ("Three would be fine.", 4, 3),
        ("We approve 5 credits.", 4, 5),
        ("Við getum boðið tvo tíma í stað fjögurra.", 4, 2),
        ("Tuttugu og fimm inneignir, samþykkt.", 4, 25),
        ("Ja, to.", 4, 2),
        ("Bare én til.", 4, 1),
        ("Vi godkender femogtyve kreditter.", 4, 25),
        ("Vi godkänner tjugofem krediter.", 4, 25),
        ("Vi godkjenner tjuefem kreditter.", 4, 25),
        ("Twenty-five credits are fine.", 4, 25),
        ("Max 3.", 4, 3),
        ("Approved, send the invoice for 3 credits.", 4, 3),
        ("Halvdelen er i orden.", 4, 2),
        ("Vi godkender seks, ikke ti.", 10, 6),
        ("We can't do 6 but 3 is fine.", 6, 3),
    ],
)
def test_another_number_is_that_number(text: str, asked: int, credits: int) -> None:
    assert read(text, asked) == (OTHER, credits)


def test_up_to_more_than_was_asked_approves_what_was_asked() -> None:
    assert read("Up to 6 is fine.") == (APPROVE, 4)
    assert read("Hámark 6.") == (APPROVE, 4)


def test_a_number_where_none_was_asked_is_an_approval_of_it() -> None:
    assert read("Six.", None) == (APPROVE, 6)
    assert read("Við samþykkjum þrjár inneignir.", None) == (APPROVE, 3)


def test_a_yes_where_a_number_is_wanted_is_a_question() -> None:
    assert read("Já, það er í góðu lagi.", None) == (QUESTION, None)


@pytest.mark.parametrize(
    "text",
    [
        "Yes, but only after our board has met.",
        "Yes if it is the last time.",
        "Já, ef þetta er í síðasta sinn.",
        "Ja, hvis det er sidste gang.",
        "Om det är sista gången så säger vi ja.",
        "Dersom det er siste gang, ja.",
        "2 or 3 would be ok",
        "3-4 credits are fine.",
        "Halvdelen er i orden, vi siger 2 eller 3.",
        "Yes. No. I do not know.",
        "We approve, I think.",
        "I need to check with finance.",
        "Ég þarf að bera þetta undir fleiri.",
        "What does it cost?",
        "Yes. What does it cost?",
        "We'd say yes.",
        "We said yes last time.",
        "They have 4 credits already.",
        "Thank you for the request for 4 credits.",
        "4 is too many.",
        "We do not decline.",
        "I am not able to approve this, please contact the office.",
        "No, I'm not the right person.",
        "Yes, I got your mail.",
        "Við viljum hvorki samþykkja né hafna.",
        "We do not see any reason not to approve.",
        "Nei, ekkert mál.",
        "We approve holidays of warehouse folk on paper forms.",
        "We accept your kind invitation.",
        "Ja/Nej",
        "2 now and 2 in March",
        "We do not approve anonymous requests.",
        "Samþykki stjórnar þarf.",
        "Det er ok for os at vente.",
        "Approved in part.",
        "More than 4 is fine.",
        "Please add 4 people to the thread.",
        "We approve in 4 weeks.",
        "Guðrún is approved.",
    ],
)
def test_nothing_is_proposed_that_is_not_plain(text: str) -> None:
    assert read(text)[0] in {QUESTION, UNCLEAR}


def test_half_of_an_odd_number_is_a_question() -> None:
    assert read("Half is fine.", 5) == (QUESTION, None)


@pytest.mark.parametrize(
    "text",
    [
        "We approve. Phone 555 1234",
        "Approved on 3 June 2026.",
        "Approved. Invoice no. 7712, PO 12, cost centre 30.",
        "Samþykkt 3. júní, reikningur á kostnaðarstað 12.",
        "Godkendt. Det må koste 900 kr.",
        "Godkänt, ring 08-465 004 12.",
        "Approved, we will pay within 30 days.",
        "Approved, invoice for 4 credits to PO 12.",
    ],
)
def test_dates_telephones_and_money_are_no_credits(text: str) -> None:
    assert read(text)[1] in {4, None}
    assert read(text)[0] in {APPROVE, QUESTION}


def test_a_yes_beside_who_is_it_is_an_approval_and_asks_for_the_name() -> None:
    understood = understand(SUBJECT, "Approved, 4 credits. Who is it?", 4)

    assert (understood.meaning, understood.credits, understood.names) == (APPROVE, 4, True)


@pytest.mark.parametrize(
    "text",
    [
        "Who is it?",
        "Is this Jón? Then we approve.",
        "Hver er þetta?",
        "Er þetta Guðrún í bókhaldinu? Ef svo er, já.",
        "Hvem drejer det sig om?",
        "Er det Rasmus? I så fald ja.",
        "Vem gäller det?",
        "Hvem gjelder det?",
        "We need the employee's name before we can decide.",
        "Approved for Jón Jónsson.",
    ],
)
def test_whoever_wants_to_know_who_it_is_does_not_decide(text: str) -> None:
    understood = understand(SUBJECT, text, 4)

    assert (understood.meaning, understood.names) == (WHO, True)


@pytest.mark.parametrize(
    "text",
    [
        "Hi Anna,\n\nYes, that is fine.\n\nKind regards,\nJón Jónsson",
        "Sæl Guðrún, samþykkt. Kv. Jón",
    ],
)
def test_names_in_greeting_and_signature_are_nobodys_guess(text: str) -> None:
    understood = understand(SUBJECT, text, 4)

    assert (understood.meaning, understood.names) == (APPROVE, False)


@pytest.mark.parametrize(
    "subject",
    [
        "Sjálfvirkt svar: Beiðni um inneign",
        "Automatic reply: Credit request",
        "Autosvar: Anmodning om kreditter",
        "Automatiskt svar: Förfrågan",
        "Automatisk svar: Forespørsel",
        "AUTOSVAR",
    ],
)
def test_an_automatic_reply_says_nothing(subject: str) -> None:
    assert (
        understand(subject, "Yes, I will answer all messages.", 4).meaning is Meaning.OUT_OF_OFFICE
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ég er í sumarleyfi til 11. ágúst.",
        "I am out of the office until 4 March.",
        "Jeg er på ferie til uge 7.",
        "Jag är på semester, åter den 4.",
        "Jeg er i permisjon ut året.",
    ],
)
def test_somebody_away_is_known_by_the_text_as_well(text: str) -> None:
    assert understand(SUBJECT, text, 4).meaning is Meaning.OUT_OF_OFFICE


@pytest.mark.parametrize(
    "subject",
    [
        "Undeliverable: Credit request",
        "Delivery Status Notification (Failure)",
        "Kunne ikke leveres: Anmodning",
    ],
)
def test_mail_that_did_not_arrive_is_a_bounce(subject: str) -> None:
    assert understand(subject, "Yes", 4).meaning is Meaning.BOUNCE


def test_an_answer_about_another_matter_is_unclear() -> None:
    assert understand("Re: Parking", "Yes, 4 please.", 4).meaning is UNCLEAR
    assert understand(SUBJECT, "Yes to CR-0ABCD-EFGHJT", 4).meaning is UNCLEAR
    assert understand("", "Yes", 4).meaning is APPROVE


def test_nothing_and_mere_thanks_are_unclear() -> None:
    for text in ["", " \n", "Thanks!", "Takk fyrir.", "Tak\n\nMvh Tove"]:
        assert read(text)[0] is UNCLEAR


def test_neither_sentence_nor_words_are_shown() -> None:
    understood = understand(SUBJECT, "Is it Guðmundur?", 4)

    assert "Gu" in understood.sentence
    assert "Gu" not in f"{understood!r}{understood}"
    assert isinstance(understood, Understanding)


def test_the_sentence_is_the_one_it_rests_on_and_short() -> None:
    text = f"Hello,\n\nThe weather is lovely. We approve four credits. {'It rains. ' * 90}"

    assert understand(SUBJECT, text, 4).sentence == "We approve four credits"
    assert len(understand(SUBJECT, "yes " * 400, 4).sentence) <= 300


# --- quotes, signatures, spellings ---------------------------------------------------------------

HEADERS = {
    Language.IS: [
        "Þann mán., 3. feb. 2025 kl. 10:12 skrifaði Inneign <inneign@example.is>:",
        "Frá: A <a@example.is>\nSent: 3. febrúar 2025\nTil: B\nEfni: Beiðni",
    ],
    Language.EN: [
        "On Mon, 3 Feb 2025 at 10:12, Credits <c@example.com> wrote:",
        "-----Original Message-----\nFrom: A\nSent: today\nTo: B\nSubject: C",
    ],
    Language.DA: [
        "Den man. 3. feb. 2025 kl. 10.12 skrev Kreditter <k@example.dk>:",
        "Fra: A\nSendt: 3. februar 2025\nTil: B\nEmne: C",
    ],
    Language.SV: [
        "Den mån 3 feb. 2025 kl 10:12 skrev Krediter <k@example.se>:",
        "Från: A\nSkickat: den 3 februari\nTill: B\nÄmne: C",
    ],
    Language.NB: [
        "man. 3. feb. 2025 kl. 10:12 skrev Kreditter\n<k@example.no>:",
        "Fra: A\nSendt: 3. februar\nTil: B\nEmne: C",
    ],
}
SIGNATURES = [
    "Bestu kveðjur,\nJón Jónsson\nMannauðsstjóri\nSími: 555 1234",
    "Kind regards\nMary Smith\nHR, 12 High Street",
    "Mvh Tove",
    "Med venlig hilsen\n\nBirgitte Lund\nTlf. 12 34 56 78",
    "-- \nAnna\nNo, never, 7",
    "Sent from my iPhone",
    "Vänliga hälsningar\nGunilla Strand\nHR-chef",
    "Med vennlig hilsen\nOdd Berg",
]
DISCLAIMERS = [
    "This email is confidential and meant for the recipient only. Otherwise do not approve 9.",
    "Þessi tölvupóstur gæti innihaldið trúnaðarupplýsingar. Ef hann barst þér óvart, eyddu honum.",
    "Denne e-mail kan indeholde fortrolige oplysninger. Hvis du ikke er rette modtager, slet den.",
    "Detta meddelande kan innehålla konfidentiell information. Är du inte rätt mottagare, radera.",
    "Denne e-posten kan inneholde konfidensiell informasjon. Hvis du ikke er rett mottaker, slett.",
]


def letters() -> list[str]:
    found = [
        write_letter(language, REFERENCE, amount).text
        for language in Language
        for amount in (None, 1, 4, 12)
    ]
    return [*found, *(write_answer(language, REFERENCE) for language in Language)]


def wrapped(text: str, width: int, mark: str) -> str:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return "\n".join(mark + line for line in lines)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("answer", "meaning"), CLEAR)
def test_the_quoted_letter_changes_nothing(
    answer: str, meaning: Meaning, language: Language
) -> None:
    for amount in (None, 1, 7):
        letter = write_letter(language, REFERENCE, amount).text
        quotes = [f"{answer}\n\n{head}\n\n{letter}" for head in HEADERS[language]]
        quotes += [f"{answer}\n\n{HEADERS[language][0]}\n\n{wrapped(letter, 60, '> ')}"]
        quotes += [f"{answer}\n\n{letter}", f"{wrapped(letter, 50, '> ')}\n\n{answer}"]
        quotes += [f"{answer}\n\n{wrapped(letter, 60, '')}".replace("\n", "\r\n")]
        for text in quotes:
            assert read(text)[0] is meaning, text


@given(
    answer=st.sampled_from(CLEAR),
    letter=st.sampled_from(letters()),
    width=st.integers(40, 90),
    mark=st.sampled_from(["", "> ", ">> ", "| "]),
)
@settings(max_examples=60, deadline=None)
def test_the_letter_below_an_answer_changes_nothing_however_it_is_wrapped(
    answer: tuple[str, Meaning], letter: str, width: int, mark: str
) -> None:
    assert read(f"{answer[0]}\n\n{wrapped(letter, width, mark)}")[0] is answer[1]


@given(
    answer=st.sampled_from(CLEAR),
    signature=st.sampled_from(SIGNATURES),
    disclaimer=st.sampled_from(["", *DISCLAIMERS]),
)
@settings(max_examples=80, deadline=None)
def test_signature_and_disclaimer_change_nothing(
    answer: tuple[str, Meaning], signature: str, disclaimer: str
) -> None:
    signed = understand(SUBJECT, f"{answer[0]}\n\n{signature}\n\n{disclaimer}", 4)

    assert (signed.meaning, signed.names) == (answer[1], False)


def test_a_warning_above_the_answer_changes_nothing() -> None:
    banner = "CAUTION: This email came from outside the organisation. Do not click links."

    assert read(f"{banner}\n\nYes, that is fine.") == (APPROVE, 4)


def test_a_postscript_below_the_signature_counts() -> None:
    assert read("Yes.\n\nKind regards\nAnna\n\nP.S. only if it is the last time") == (
        QUESTION,
        None,
    )


def without_accents(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.translate(str.maketrans("ðøæÐØÆ", "doaDOA")))
    return "".join(c for c in parted if not unicodedata.combining(c)).replace("þ", "th")


@given(answer=st.sampled_from([pair for pair in CLEAR if "æ" not in pair[0]]))
@settings(max_examples=60, deadline=None)
def test_capitals_and_accents_change_nothing(answer: tuple[str, Meaning]) -> None:
    text, meaning = answer
    for spelling in (text.upper(), text.lower(), without_accents(text), text.rstrip(".")):
        assert read(spelling)[0] is meaning, spelling


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("Við samþykkjum þetta.", "Við samþykkjum þetta ekki."),
        ("Samþykkt.", "Ekki samþykkt."),
        ("We approve this.", "We do not approve this."),
        ("We can cover 4.", "We can't cover 4."),
        ("Approved.", "Not approved."),
        ("Vi godkender det.", "Vi godkender det ikke."),
        ("Vi godkänner det.", "Vi godkänner det inte."),
        ("Vi godkjenner det.", "Vi godkjenner det ikke."),
        ("Det går bra.", "Det går inte bra."),
        ("Það er í lagi.", "Það er ekki í lagi."),
    ],
)
def test_a_negation_turns_it_around(yes: str, no: str) -> None:
    assert read(yes) == (APPROVE, 4)
    assert read(no)[0] in {DECLINE, QUESTION}


ODD_TEXT = st.text(
    st.sampled_from("aáðø A14.,:;?!…-–—>|<&/\n\r\t\u00a0'\"()#_=*@") | st.characters(), max_size=200
)
ANY_TEXT = st.lists(
    ODD_TEXT
    | st.sampled_from([*APPROVALS, *DECLINES, *SIGNATURES, *DISCLAIMERS, *letters()])
    | st.sampled_from([head for heads in HEADERS.values() for head in heads])
    | st.sampled_from(["\n", "\n\n", "\r\n", "> ", "<br>", "</p>", "&amp;lt;", "…", "P.S. "]),
    max_size=8,
).map("".join)


@given(subject=ODD_TEXT, text=ANY_TEXT, asked=st.none() | st.integers(-1, 120))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(subject: str, text: str, asked: int | None) -> None:
    understood = understand(subject, text, asked)

    assert len(understood.sentence) <= 300
    assert (understood.credits is not None) == (understood.meaning in {APPROVE, OTHER})


@given(text=ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_own_words_of_own_words_are_the_same(text: str) -> None:
    once = own_words(text)

    assert own_words(once) == once


def test_leftovers_of_html_are_no_words() -> None:
    text = "<style>p {top: 4}</style><div>We approve&nbsp;<b>5</b> credits.<br>Best regards,<br>Jo"

    assert read(text) == (OTHER, 5)
    assert own_words("<p>Ja</p><blockquote type=cite>Nej</blockquote>") == "Ja"


HOSTILE = {
    "letters": "a" * 200_000,
    "marks": ">" * 200_000,
    "blanks": " " * 200_000,
    "lines": "\n" * 200_000,
    "quotes": "\n".join(">" * (n % 300) + " x" for n in range(1300)),
    "quoted lines": "> \n" * 60_000,
    "headers": "From: \n" * 25_000,
    "wrote": "On 3 May\n" * 20_000,
    "skrev": "Den 3 " * 40_000 + "skrev:",
    "dashes": "- " * 100_000,
    "rules": "-" * 200_000,
    "tags": "<a" * 100_000,
    "open tags": "<style>" * 30_000,
    "entities": "&amp" * 50_000,
    "figures": "1" * 200_000,
    "figures apart": "1 " * 100_000,
    "dots": ". " * 100_000,
    "at": "a@" * 100_000,
    "closings": "Tak\n" * 50_000,
    "numbers": "twenty " * 28_000,
    "yes": "yes " * 50_000,
    "not": "not " * 50_000,
    "links": "http://" * 28_000,
    "letter": (write_letter(Language.IS, REFERENCE, 4).text * 300)[:200_000],
    "names": "Is it Jón Guðmundsson? " * 9_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    understand(SUBJECT, "Já", 4)  # reads the tables, once
    started = time.perf_counter()
    understand(HOSTILE[name][:5000], HOSTILE[name], 4)

    assert time.perf_counter() - started < 1


def test_a_very_long_answer_decides_nothing() -> None:
    assert read("We approve. " + "It rains all the time. " * 900)[0] is QUESTION


def test_references_are_no_numbers() -> None:
    assert read(f"{REFERENCE}: yes") == (APPROVE, 4)
