"""The client who does not exist, and every way in which its name may be written down."""

import base64
import hashlib
import html
import json
import random
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.canary import ORGANISATION, Canary, answers_for, invent
from casework.disguises import Needles
from casework.form_fields import FormField, FormFields
from casework.identifiers import Scope, identifiers_of
from casework.identity import Identity
from casework.inflection import fold
from casework.typed_organisation import clean_organisation

CANARY = Canary("Guðrún", "Vexumohikan", "canary.example.org")
NEEDLES = CANARY.needles()
FIELDS = FormFields(
    FormField("client_email"),
    FormField("hub", "0-2"),
    FormField("email"),
    FormField("additional_information"),
)
SECRETS = {
    "the address": CANARY.email,
    "the name": CANARY.name,
    "the local part": CANARY.local_part,
    "the surname": CANARY.surname,
}
WAYS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "small letters": lambda text: text.lower().encode(),
    "capitals": lambda text: text.upper().encode(),
    "without accents": lambda text: fold(text).encode(),
    "JSON": lambda text: json.dumps({"a": text}).encode(),
    "JSON, capitals": lambda text: json.dumps(text.upper()).encode(),
    "URL": lambda text: quote(text, safe="").encode(),
    "HTML": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, big end first": lambda text: text.upper().encode("utf-16-be"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
}
DIGESTED = {name: text for name, text in SECRETS.items() if name != "the surname"}
around = st.binary(max_size=200)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("secret", SECRETS)
@settings(max_examples=20, deadline=None)
@given(before=around, after=around)
def test_a_planted_word_is_found_however_it_is_written(
    secret: str, way: str, before: bytes, after: bytes
) -> None:
    assert NEEDLES.find_in([before + WAYS[way](SECRETS[secret]) + after])


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("secret", SECRETS)
@settings(deadline=None)
@given(before=around, after=around, capitals=st.booleans())
def test_a_planted_word_is_found_inside_base64_at_every_offset(
    secret: str, encode: Callable[[bytes], bytes], before: bytes, after: bytes, capitals: bool
) -> None:
    text = SECRETS[secret].upper() if capitals else SECRETS[secret]
    assert NEEDLES.find_in([encode(before + text.encode() + after)])


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
@pytest.mark.parametrize("secret", DIGESTED)
@settings(deadline=None)
@given(before=around, after=around)
def test_the_plain_digests_are_found(
    secret: str, algorithm: str, before: bytes, after: bytes
) -> None:
    digest = hashlib.new(algorithm, SECRETS[secret].encode())
    ways = (
        digest.hexdigest().encode(),
        digest.hexdigest().upper().encode(),
        digest.digest(),
        base64.b64encode(digest.digest()),
        base64.urlsafe_b64encode(digest.digest()),
    )
    for way in ways:
        assert NEEDLES.find_in([before + way + after])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=400), max_size=4))
def test_nothing_is_found_in_clean_bytes(chunks: list[bytes]) -> None:
    assert NEEDLES.find_in(chunks) == []


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_is_found_in_clean_text(text: str) -> None:
    assert NEEDLES.find_in_text(text) == []


def test_nothing_is_found_in_much_noise_or_in_another_canary() -> None:
    noise = random.Random(1)
    assert NEEDLES.find_in(noise.randbytes(100_000) for _ in range(20)) == []
    other = Canary("Guðrún", "Xobufarelip", "canary.example.org")
    assert NEEDLES.find_in([f"{other.email} {other.name}".encode()]) == []
    assert NEEDLES.find_in_text("Guðrún at canary.example.org") == []


@settings(deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=60))
def test_a_word_that_lies_across_pieces_is_found(sizes: list[int]) -> None:
    whole = b"\0" * 40 + CANARY.email.encode() + b"\1" * 40
    pieces, start = [], 0
    for size in sizes:
        pieces.append(whole[start : start + size])
        start += size
    pieces.append(whole[start:])
    assert NEEDLES.find_in(pieces)


@pytest.mark.parametrize(
    "text",
    [
        "about vexumohikan",
        "VEXÚMÓHIKAN",
        "Vexumohikan&#39;s",
        "<p>Gu&eth;r&uacute;n&nbsp;Vexumohikan</p>",
        "&#86;exumohikan",
        "mailto:gudrun.vexumohikan@canary.example.org",
    ],
)
def test_a_text_is_read_as_people_see_it(text: str) -> None:
    assert NEEDLES.find_in_text(text)


def test_a_text_that_would_be_found_by_chance_is_no_needle() -> None:
    with pytest.raises(ValueError, match="too short"):
        Needles(["Jón"])


def test_nothing_shows_who_it_is() -> None:
    assert repr(CANARY) == "Canary(…)"
    assert "exumo" not in repr(NEEDLES)
    assert all("exumo" not in name for name in NEEDLES.find_in([CANARY.email.encode()]))


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_canary_is_recognised_by_the_gate_wherever_it_is_named(chance: random.Random) -> None:
    canary = invent("example.org", chance.choice)
    found = identifiers_of(Identity(canary.email), ORGANISATION)
    anywhere = {one.spelling for one in found if one.scope is Scope.ANYWHERE}
    assert {fold(canary.name).replace(" ", ""), canary.email} <= anywhere
    assert canary.surname.lower() in {one.spelling for one in found}


def test_no_two_canaries_are_alike() -> None:
    surnames = {invent("example.org").surname for _ in range(200)}
    assert len(surnames) == 200
    assert all(len(surname) == 11 and surname.isascii() for surname in surnames)


def test_the_client_is_named_in_every_field() -> None:
    answers = answers_for(CANARY, FIELDS, "anna@clinic.example.is", ORGANISATION)
    by_name = {answer.name: answer for answer in answers}
    assert by_name["client_email"].value == CANARY.email
    assert by_name["email"].value == "anna@clinic.example.is"
    assert CANARY.local_part in by_name["hub"].value
    assert CANARY.name in by_name["additional_information"].value
    assert CANARY.email in by_name["additional_information"].value
    assert [one.object_type_id for one in answers] == ["0-1", "0-2", "0-1", "0-1"]


def test_a_form_without_a_reason_gets_none() -> None:
    fields = FormFields(FIELDS.client_email, FIELDS.organisation, FIELDS.professional_email)
    assert len(answers_for(CANARY, fields, "anna@clinic.example.is", "Hub")) == 3


def test_the_organisation_is_clean_once_it_was_taken_in() -> None:
    (typed,) = [
        answer.value
        for answer in answers_for(CANARY, FIELDS, "a@clinic.example.is", ORGANISATION)
        if answer.name == "hub"
    ]
    kept = clean_organisation(typed, Identity(CANARY.email))
    assert kept.startswith(ORGANISATION)
    assert NEEDLES.find_in_text(kept) == []
