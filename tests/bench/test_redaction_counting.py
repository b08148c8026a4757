"""What counts as cut, as lost and as seen, on texts small enough to count by hand."""

import pytest

from bench.redaction.contenders.contender import Output, without_spans
from bench.redaction.counting import Tally
from bench.redaction.one_contender import Run
from bench.redaction.report import as_json, as_table
from bench.redaction.texts import BadMarkup, Half, Hint, Kind, Text, read_markup, read_text


def text(marked: str, *indirect: str) -> Text:
    row: dict[str, object] = {
        "text": marked,
        "client_email": "kisa@example.is",
        "client_name": "",
        "professional_email": "anna@example.is",
        "indirect": list(indirect),
    }
    return read_text(row, Half.DEVELOPMENT, "is")


def tally(marked: str, output: str) -> Tally:
    counted = Tally()
    counted.add(text(marked), output)
    return counted


def test_markup_is_taken_apart_and_put_together() -> None:
    parts = read_markup("Hún {name|Jóna B.} kom {date|3. mars}.")

    assert [part.kind for part in parts] == [None, Kind.NAME, None, Kind.DATE, None]
    assert "".join(part.words for part in parts) == "Hún Jóna B. kom 3. mars."


@pytest.mark.parametrize(
    "marked", ["{name|Jóna", "{nome|Jóna}", "{name|Jóna}s", "ó{name|Jóna}", "Jóna}", "{name|}"]
)
def test_bad_markup_is_refused(marked: str) -> None:
    with pytest.raises(BadMarkup):
        read_markup(marked)


@pytest.mark.parametrize(
    ("marked", "output", "cut"),
    [
        ("Ég hitti {name|Jónu Dís} oft", "Ég hitti […] oft", 1),
        ("Ég hitti {name|Jónu Dís} oft", "Ég hitti […] Dís oft", 0),
        ("Ég hitti {name|Jónu} oft", "Ég hitti Jónu oft", 0),
        ("{name|Jóna} og {name|Jóna} aftur", "[…] og Jóna aftur", 0),
        ("{name|Jóna} og {name|Ari} aftur", "[…] og Ari aftur", 1),
        ("{name|Jónssyni} leið vel", "[…]ssyni leið vel", 0),
        ("{name|Will} says he will", "[…] says he will", 1),
        ("{name|Will} says he will", "Will says he […]", 0),
        ("the {organisation|House of Tin} of course", "the […] of course", 1),
        ("kom {date|3/4} og fór", "kom […] og fór", 1),
        ("kom {date|3/4} og fór", "kom 3/4 og fór", 0),
        ("{name|J.G.} kom", "J.G. kom", 0),
        ("sími {phone|690 0142}", "sími 690 […]", 0),
    ],
)
def test_an_identifier_is_cut_when_nothing_of_it_is_left(
    marked: str, output: str, cut: int
) -> None:
    assert tally(marked, output).cut.total() == cut


def test_the_form_of_a_letter_in_unicode_makes_no_difference() -> None:
    counted = tally("hún hitti {name|Jónu} oft", "hu\u0301n hitti Jo\u0301nu oft")

    assert (counted.cut.total(), counted.lost_words) == (0, 0)


@pytest.mark.parametrize(
    ("output", "lost"),
    [
        ("henni líður vel eftir […], mjög vel", 0),
        ("henni líður […] eftir […], mjög vel", 1),
        ("[…]", 6),
        ("henni líður vel eftir Jónu, mjög vel", 0),
    ],
)
def test_a_harmless_word_is_lost_when_there_are_fewer_of_it(output: str, lost: int) -> None:
    counted = tally("henni líður vel eftir {name|Jónu}, mjög vel", output)

    assert (counted.harmless_words, counted.lost_words) == (6, lost)


def test_words_that_may_go_or_stay_count_neither_way() -> None:
    for output in ["flutti frá […] með […]", "flutti frá Póllandi með […]"]:
        counted = tally("flutti frá {either|Póllandi} með {name|Ewu}", output)
        assert (counted.recall, counted.loss, counted.identifiers.total()) == (1, 0, 1)


def test_a_word_that_may_stay_is_no_identifier_that_was_left() -> None:
    marked = "talar {either|Polish} í {organisation|Polish Hall}"

    assert tally(marked, "talar Polish í […]").cut.total() == 1
    assert tally(marked, "talar Polish í Polish […]").cut.total() == 0


def test_a_text_with_nothing_to_cut_is_kept_whole_or_not() -> None:
    counted = Tally()
    counted.add(text("henni líður vel"), "henni líður vel")
    counted.add(text("henni líður vel"), "henni […] vel")

    assert (counted.clean_texts, counted.clean_texts_kept_whole) == (2, 1)


def test_hints_are_seen_missed_or_raised_besides() -> None:
    counted = Tally()
    reported = ["role", "gender", "age"]
    counted.add(text("eini kennarinn", "role", "only_one"), "eini kennarinn", reported)

    assert counted.hint_recall == 0.5
    assert counted.hints_raised_besides == {Hint.GENDER: 1}


@pytest.mark.parametrize(("output", "asked_for"), [("býr á […]", 0), ("býr á Dalvík", 1)])
def test_a_place_that_was_cut_no_longer_hints(output: str, asked_for: int) -> None:
    counted = Tally()
    counted.add(text("býr á {place|Dalvík}", "place"), output)

    assert counted.hints[Hint.PLACE] == asked_for


def test_a_place_that_is_told_without_its_name_is_asked_for() -> None:
    counted = Tally()
    counted.add(text("{name|Jóna} býr í eina þorpinu við fjörðinn", "place"), "[…] býr í eina")

    assert counted.hints[Hint.PLACE] == 1


def test_doing_nothing_cuts_nothing_and_cutting_all_loses_all() -> None:
    marked = "{name|Jóna} býr á {place|Dalvík} með köttum"

    assert (tally(marked, text(marked).plain).recall, tally(marked, text(marked).plain).loss) == (
        0,
        0,
    )
    assert (tally(marked, "").recall, tally(marked, "").loss) == (1, 1)


def test_stretches_that_overlap_are_cut_once() -> None:
    assert without_spans("a Jóna Dís b", [(2, 6), (2, 10), (7, 10)]) == "a […] b"
    assert without_spans("a Jóna Dís b", [(2, 10), (3, 5)]) == "a […] b"
    assert without_spans("Jóna b", [(0, 4)]) == "[…] b"
    assert without_spans("a b", []) == "a b"


@pytest.fixture
def report() -> tuple[list[Text], dict[str, Run]]:
    texts = [text("{name|Jóna} sefur vel", "gender"), text("sefur illa")]
    ours = Run(
        [Output("[…] sefur vel", ["gender"]), Output("sefur illa")], [1.0, 3.0], 0.5, 2_000_000
    )
    other = Run([Output("Jóna sefur vel"), Output("[…] illa")], [4.0, 12.0], 1.5, 9_000_000)
    return texts, {"ours": ours, "presidio": other}


def test_the_table_has_both_contenders_and_no_text(
    report: tuple[list[Text], dict[str, Run]],
) -> None:
    table = as_table(*report)

    assert "100.0% 1/1" in table
    assert "0.0% 0/1" in table
    assert "25.0% 1/4" in table
    assert "4.0" in table
    assert "Jóna" not in table
    assert "sefur" not in table


def test_the_json_has_the_same_figures(report: tuple[list[Text], dict[str, Run]]) -> None:
    found: dict[str, dict[str, dict[str, object]]] = as_json(*report)  # type: ignore[assignment]

    assert found["presidio"]["speed"]["times_ours"] == 4.0
    assert found["presidio"]["speed"]["milliseconds_mean"] == 8.0
    assert found["ours"]["counts"]["development/is"] == found["ours"]["counts"]["development/all"]
