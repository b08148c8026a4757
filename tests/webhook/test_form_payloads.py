"""Recorded form deliveries, and what each becomes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Unreadable
from casework.form_fields import FormField, FormFields
from casework.request import Details, Submission
from webhook.form_payloads import read_form_delivery

FORM_ID = "2934b12b-a885-4add-8e82-821a8b83388d"
FIELDS = FormFields(
    client_email=FormField("client_email"),
    organisation=FormField("employer_or_wellbeing_hub"),
    professional_email=FormField("email"),
    reason=FormField("additional_information"),
)
JONA = Details("jona@example.is", "siggi@example.is", "Jóna þarf sex tíma í viðbót.")
CONVERSION = "0b7e6f0e-52f5-4f0e-9c1c-0d2f0e6b1a11"
AT = 1_790_000_000_000


def recorded(name: str) -> bytes:
    return (Path(__file__).parent / "payloads" / f"{name}.json").read_bytes()


def read(body: bytes, fields: FormFields = FIELDS) -> Submission:
    reading = read_form_delivery(body, fields, FORM_ID)
    assert (reading.tickets, list(reading.unreadable)) == ((), [])
    (submission,) = reading.submissions
    return submission


def read_this(payload: object, fields: FormFields = FIELDS) -> Submission:
    return read(json.dumps(payload).encode(), fields)


NORTH = "Wellbeing Hub North"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("form_flat", Submission(JONA, NORTH, None, None, listed=False)),
        (
            "form_flat__numbers_and_lists",
            Submission(
                Details("jona@example.is", "siggi@example.is", ""), "4711", None, None, listed=False
            ),
        ),
        ("form_contact", Submission(JONA, NORTH, CONVERSION, AT, listed=False)),
        (
            "form_contact__two_submissions",
            Submission(
                JONA,
                NORTH,
                "22222222-52f5-4f0e-9c1c-0d2f0e6b1a11",
                1_790_000_500_000,
                listed=False,
            ),
        ),
        ("form_contact__no_submissions", Submission(JONA, NORTH, None, None, listed=False)),
        ("form_submission_row", Submission(JONA, NORTH, CONVERSION, AT, listed=False)),
        ("form_submission_row__no_id", Submission(JONA, NORTH, None, AT, listed=False)),
    ],
)
def test_what_was_recorded(name: str, expected: Submission) -> None:
    assert read(recorded(name)) == expected


def test_two_objects_with_a_field_of_one_name_are_told_apart() -> None:
    fields = FormFields(
        client_email=FormField("client_email"),
        organisation=FormField("employer_or_wellbeing_hub"),
        professional_email=FormField("email", "0-1"),
    )
    body = recorded("form_submission_row__two_objects")

    assert read(body, fields).details.professional_email == "siggi@example.is"
    assert read(body, fields).details.reason == ""


FLAT: dict[str, Any] = json.loads(recorded("form_flat"))
CONTACT: dict[str, Any] = json.loads(recorded("form_contact"))
ROW: dict[str, Any] = json.loads(recorded("form_submission_row"))


@pytest.mark.parametrize("missing", ["client_email", "employer_or_wellbeing_hub", "email"])
@pytest.mark.parametrize(
    "value", ["", " \t", None, [], {}, True, False, ["a", "b"], {"value": "a"}]
)
def test_a_webhook_without_a_required_value_is_unreadable(missing: str, value: object) -> None:
    contact = {**CONTACT, "properties": {**CONTACT["properties"], missing: {"value": value}}}
    for payload in ({**FLAT, missing: value}, contact):
        with pytest.raises(Unreadable, match="FORM_FIELDS"):
            read_this(payload)


def test_a_contact_whose_properties_are_bare_values_is_read() -> None:
    bare = {**CONTACT, "properties": FLAT}

    assert read_this(bare).details == JONA


def test_a_listed_row_is_taken_however_little_it_holds() -> None:
    submission = FIELDS.read_row({**ROW, "values": []}, listed=True)

    assert submission == Submission(Details("", "", ""), "", CONVERSION, AT, listed=True)


@pytest.mark.parametrize("row", [None, [], "row", {}, {"values": None}, {"values": {}}])
def test_what_is_no_row_is_unreadable(row: object) -> None:
    with pytest.raises(Unreadable):
        FIELDS.read_row(row, listed=True)


@pytest.mark.parametrize("entry", [None, 1, "email", [], {}, {"name": None}, {"value": "x"}])
def test_an_entry_that_makes_no_sense_is_passed_over(entry: object) -> None:
    assert read_this({**ROW, "values": [entry, *ROW["values"]]}).details == JONA


@pytest.mark.parametrize("time", [None, "", "soon", -1, 1.5, True, [], 10**15, "٣", {}])
def test_a_time_that_makes_no_sense_is_none(time: object) -> None:
    entry = {**CONTACT["form-submissions"][0], "timestamp": time}

    assert read_this({**ROW, "submittedAt": time}).submitted_at is None
    assert read_this({**CONTACT, "form-submissions": [entry]}).submitted_at is None


def test_a_time_as_text_is_a_time() -> None:
    assert read_this({**ROW, "submittedAt": str(AT)}).submitted_at == AT


@pytest.mark.parametrize("id_", [None, "", 0, False, True, [CONVERSION], {"id": CONVERSION}, " "])
def test_an_id_that_makes_no_sense_is_none(id_: object) -> None:
    row = read_this({**ROW, "conversionId": id_})
    entry = {**CONTACT["form-submissions"][0], "conversion-id": id_}
    contact = read_this({**CONTACT, "form-submissions": [entry]})

    assert (row.conversion_id, row.listed) == (None, False)
    assert contact.conversion_id is None


@pytest.mark.parametrize(
    "entries", [None, "x", 1, {}, [None], [1], [[]], [{}], [{"form-id": None}]], ids=repr
)
def test_submissions_that_make_no_sense_are_none(entries: object) -> None:
    assert read_this({**CONTACT, "form-submissions": entries}).conversion_id is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"client_email=jona%40example.is", id="a form's own encoding"),
        pytest.param(b'{"client_email": "jona@example.is"', id="cut off"),
        pytest.param(b'{"client_email": "jona@example.is"}{}', id="two documents"),
        pytest.param(b"{\xff}", id="not UTF-8"),
        pytest.param(b"[" * 100_000, id="very deep"),
        pytest.param(b'{"a":' * 100_000, id="very deep objects"),
        pytest.param(b"9" * 5_000, id="very long number"),
        pytest.param(b"null", id="null"),
        pytest.param(b"1", id="a number"),
        pytest.param(b'"jona@example.is"', id="a text"),
        pytest.param(b'["jona@example.is"]', id="a list"),
        pytest.param(b"{}", id="empty"),
    ],
)
def test_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable) as raised:
        read_form_delivery(body, FIELDS, FORM_ID)
    assert "jona" not in str(raised.value)
    # Not even a traceback shows what could not be read.
    assert raised.value.__context__ is None or raised.value.__suppress_context__


@pytest.mark.parametrize("depth", [100, *range(850, 1000)])
def test_a_deep_value_is_no_value(depth: int) -> None:
    """Near the depth at which Python gives up, reading may work and looking may not."""
    deep = b"[" * depth + b'"jona@example.is"' + b"]" * depth
    for payload in (
        {**FLAT, "client_email": "DEEP"},
        {**ROW, "submittedAt": "DEEP"},
        {**ROW, "conversionId": "DEEP"},
        {**ROW, "values": [{"name": "DEEP", "value": "DEEP", "objectTypeId": "DEEP"}]},
        {**CONTACT, "form-submissions": [{"form-id": "DEEP"}]},
        {**CONTACT, "form-submissions": [{"form-id": FORM_ID, "timestamp": "DEEP"}]},
    ):
        never_anything_but_unreadable(json.dumps(payload).encode().replace(b'"DEEP"', deep))


def test_half_a_character_becomes_a_replacement_that_can_be_kept() -> None:
    submission = read(
        b'{"client_email":"j\\ud83d@e.is","employer_or_wellbeing_hub":"\\udc00 Hub",'
        b'"email":"s@e.is","additional_information":"\\ud83d\\ude00"}'
    )

    everything = "".join([*vars(submission.details).values(), submission.organisation])
    assert everything.encode().decode() == everything
    assert submission.details.reason == "😀"
    assert submission.organisation.endswith(" Hub")


MARK = "¤"
texts = st.text(max_size=8).map(lambda text: MARK + text)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
names = st.sampled_from(
    [
        "client_email",
        "employer_or_wellbeing_hub",
        "email",
        "additional_information",
        "values",
        "properties",
        "form-submissions",
        "form-id",
        "conversion-id",
        "conversionId",
        "submittedAt",
        "timestamp",
        "objectTypeId",
        "name",
        "value",
    ]
)
payloads = st.recursive(
    scalars | names | st.just(FORM_ID) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | texts, inner, max_size=6),
    max_leaves=25,
)


def never_anything_but_unreadable(body: bytes) -> None:
    submissions, message = look_at(body)
    assert MARK not in message
    assert "jona" not in message
    for submission in submissions:
        details = submission.details
        for text in (*vars(details).values(), submission.organisation):
            text.encode()  # it can be sealed
        assert submission.conversion_id is None or submission.conversion_id.encode()
        assert MARK not in repr(details)


def look_at(body: bytes) -> tuple[Sequence[Submission], str]:
    try:
        return read_form_delivery(body, FIELDS, FORM_ID).submissions, ""
    except Unreadable as error:
        return [], str(error)


@settings(deadline=None)
@given(payloads)
def test_no_json_breaks_it_and_no_message_quotes_it(payload: object) -> None:
    never_anything_but_unreadable(json.dumps(payload).encode())


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_break_it(body: bytes) -> None:
    never_anything_but_unreadable(body)
