"""What is genuine, and a row for everything that is not beyond doubt."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import NotGenuine
from tests.webhook.signed_by_hand import NOW, SECRET, URL, sign_v1, sign_v2, sign_v3
from webhook.signatures import WINDOW, SignedRequest, Verifier

VECTORS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("signature_vectors.json").read_text()
)
PATH = "/webhook/crm"
BODY = b'[{"objectId":811}]'


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def signed(
    headers: Mapping[str, str], body: bytes = BODY, uri: str = URL + PATH, method: str = "POST"
) -> SignedRequest:
    return SignedRequest(method, uri, body, lower(headers))


def verifier(*secrets: str, schemes: str = "v3,v2") -> Verifier:
    return Verifier(lambda: secrets or (SECRET,), frozenset(schemes.split(",")))


def is_genuine(request: SignedRequest, by: Verifier | None = None, now: int = NOW) -> bool:
    try:
        (by or verifier()).verify(request, now)
    except NotGenuine:
        return False
    return True


def request_of(vector: Mapping[str, Any]) -> SignedRequest:
    headers = (
        {
            "x-hubspot-signature-v3": vector["hash"],
            "x-hubspot-request-timestamp": vector["timestamp"],
        }
        if vector["version"] == "v3"
        else {
            "x-hubspot-signature": vector["hash"],
            "x-hubspot-signature-version": vector["version"],
        }
    )
    uri = vector["raw_uri"] or "https://www.example.com/not-signed"
    return SignedRequest(vector["method"], uri, vector["body"].encode(), headers)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_published_signatures_hold(vector: Mapping[str, Any]) -> None:
    by = verifier(vector["secret"], schemes=vector["version"])
    now = int(vector["timestamp"] or NOW)

    assert vector["valid"]
    assert is_genuine(request_of(vector), by, now)
    assert not is_genuine(replace(request_of(vector), body=b"x"), by, now)
    assert not is_genuine(request_of(vector), verifier("other", schemes=vector["version"]), now)


def test_there_are_vectors_of_every_scheme() -> None:
    assert {vector["version"] for vector in VECTORS} == {"v1", "v2", "v3"}
    assert any(vector["raw_uri"] != vector["uri"] for vector in VECTORS if vector["uri"])


GENUINE = sign_v3(BODY, PATH)


def with_time(timestamp: str) -> dict[str, str]:
    """Rightly signed over whatever the timestamp says."""
    return sign_v3(BODY, PATH, at=timestamp)


@pytest.mark.parametrize(
    "headers",
    [
        GENUINE,
        sign_v2(BODY, PATH),
        with_time(str(NOW - WINDOW)),
        with_time(str(NOW + WINDOW)),
        # A good signature of version 3 is enough, whatever stands beside it.
        {**sign_v1(b"other"), **GENUINE},
    ],
    ids=["v3", "v2", "just old enough", "just early enough", "v3 beside a bad v1"],
)
def test_accepted(headers: Mapping[str, str]) -> None:
    assert is_genuine(signed(headers))


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"X-HubSpot-Request-Timestamp": str(NOW)}, id="a time only"),
        pytest.param({**GENUINE, "X-HubSpot-Signature-v3": ""}, id="empty"),
        pytest.param({**GENUINE, "X-HubSpot-Signature-v3": "x"}, id="malformed"),
        pytest.param({**GENUINE, "X-HubSpot-Signature-v3": "þ" * 44}, id="not ASCII"),
        pytest.param({**GENUINE, "X-HubSpot-Signature-v3": "\xff" * 44}, id="latin-1"),
        pytest.param({**GENUINE, "X-HubSpot-Signature-v3": "\udc80\ud800"}, id="no text at all"),
        pytest.param(
            {**GENUINE, "X-HubSpot-Signature-v3": GENUINE["X-HubSpot-Signature-v3"] + " "},
            id="a space behind it",
        ),
        pytest.param(
            {**GENUINE, "X-HubSpot-Signature-v3": GENUINE["X-HubSpot-Signature-v3"].rstrip("=")},
            id="without its padding",
        ),
        pytest.param(
            {**GENUINE, "X-HubSpot-Signature-v3": GENUINE["X-HubSpot-Signature-v3"].lower()},
            id="in lower case",
        ),
        pytest.param(sign_v3(BODY, PATH, secret="wrong"), id="wrong secret"),
        pytest.param(sign_v3(BODY, PATH, secret=""), id="no secret"),
        pytest.param(sign_v3(BODY, PATH, method="PUT"), id="other method"),
        pytest.param(sign_v3(BODY, PATH, url="http://credits.example.org"), id="http"),
        pytest.param(sign_v3(BODY, PATH, url="https://10.0.0.7:8000"), id="inner host"),
        pytest.param(sign_v3(BODY, "/webhook/form"), id="other door"),
        pytest.param(sign_v3(BODY, PATH + "?"), id="other query"),
        pytest.param(sign_v3(BODY + b"\n", PATH), id="a byte more"),
        pytest.param(sign_v3(BODY[:-1], PATH), id="a byte less"),
        pytest.param(
            {"X-HubSpot-Signature-v3": GENUINE["X-HubSpot-Signature-v3"]}, id="time missing"
        ),
        pytest.param(
            {**GENUINE, "X-HubSpot-Request-Timestamp": str(NOW + 1)}, id="other time than signed"
        ),
        pytest.param(with_time(str(NOW - WINDOW - 1)), id="stale by 1 ms"),
        pytest.param(with_time(str(NOW + WINDOW + 1)), id="early by 1 ms"),
        pytest.param(with_time(str(NOW // 1000)), id="in seconds"),
        pytest.param(with_time(""), id="time empty"),
        pytest.param(with_time(f"{NOW}.0"), id="time with a fraction"),
        pytest.param(with_time("1.79e12"), id="time as a float"),
        pytest.param(with_time(f" {NOW}"), id="time after a space"),
        pytest.param(with_time(f"{NOW} "), id="time before a space"),
        pytest.param(with_time(f"{NOW}\n"), id="time before a line end"),
        pytest.param(with_time(f"+{NOW}"), id="time with a sign"),
        pytest.param(with_time(f"-{NOW}"), id="negative time"),
        pytest.param(with_time(f"0{NOW}".rjust(40, "0")), id="time with zeros"),
        pytest.param(with_time("1_790_000_000_000"), id="time with underscores"),
        pytest.param(with_time("١٧٩٠٠٠٠٠٠٠٠٠٠"), id="time in other digits"),
        pytest.param(with_time("nan"), id="no number"),
        pytest.param(with_time("inf"), id="infinity"),
        pytest.param(with_time("9" * 5000), id="huge time"),
        pytest.param(
            {**sign_v2(BODY, PATH), **GENUINE, "X-HubSpot-Signature-v3": "x"},
            id="failed v3 beside a good v2",
        ),
        pytest.param(
            {**sign_v2(BODY, PATH), "X-HubSpot-Signature-v3": ""}, id="empty v3 beside a good v2"
        ),
        pytest.param(
            {**sign_v2(BODY, PATH), **with_time(str(NOW - WINDOW - 1))},
            id="stale v3 beside a good v2",
        ),
        pytest.param(sign_v1(BODY), id="v1, which nobody asked for"),
        pytest.param(
            {"X-HubSpot-Signature": sign_v2(BODY, PATH)["X-HubSpot-Signature"]},
            id="no version said",
        ),
        pytest.param(
            {**sign_v2(BODY, PATH), "X-HubSpot-Signature-Version": "v1"}, id="v2 said to be v1"
        ),
        pytest.param(
            {**sign_v2(BODY, PATH), "X-HubSpot-Signature-Version": "v3"}, id="v2 said to be v3"
        ),
        pytest.param(
            {**sign_v2(BODY, PATH), "X-HubSpot-Signature-Version": "V2"}, id="unknown version"
        ),
        pytest.param({"X-HubSpot-Signature-Version": "v2"}, id="v2 without a signature"),
        pytest.param(sign_v2(BODY, PATH, secret="wrong"), id="v2, wrong secret"),
        pytest.param(sign_v2(BODY, PATH, secret=""), id="v2, no secret"),
        pytest.param(sign_v2(BODY, PATH, url="http://credits.example.org"), id="v2, http"),
        pytest.param(sign_v2(BODY, "/webhook/form"), id="v2, other door"),
        pytest.param(sign_v2(BODY + b" ", PATH), id="v2, a byte more"),
        pytest.param({**sign_v2(BODY, PATH), "X-HubSpot-Signature": "þ" * 64}, id="v2, not ASCII"),
    ],
)
def test_refused(headers: Mapping[str, str]) -> None:
    assert not is_genuine(signed(headers))


def test_each_scheme_only_where_it_is_allowed() -> None:
    for name, headers in {
        "v1": sign_v1(BODY),
        "v2": sign_v2(BODY, PATH),
        "v3": sign_v3(BODY, PATH),
    }.items():
        allowed = [
            scheme
            for scheme in ("v1", "v2", "v3")
            if is_genuine(signed(headers), verifier(schemes=scheme))
        ]
        assert allowed == [name]


def test_v1_counts_once_it_is_asked_for() -> None:
    assert is_genuine(signed(sign_v1(BODY)), verifier(schemes="v3,v2,v1"))


@pytest.mark.parametrize("sign", [sign_v3, sign_v2])
def test_any_of_several_secrets_will_do(sign: Any) -> None:
    for secret in ("old", "new"):
        headers = sign(BODY, PATH, secret=secret)
        assert is_genuine(signed(headers), verifier("old", "new"))
    assert not is_genuine(signed(sign(BODY, PATH, secret="older")), verifier("old", "new"))


def test_without_any_secret_nothing_is_genuine() -> None:
    by = Verifier(list, frozenset({"v3", "v2"}))

    assert not is_genuine(signed(sign_v2(BODY, PATH, secret="")), by)


def test_a_secret_counts_from_when_it_is_changed() -> None:
    secrets = ["old"]
    by = Verifier(lambda: secrets, frozenset({"v3"}))
    delivery = signed(sign_v3(BODY, PATH, secret="new"))
    assert not is_genuine(delivery, by)

    secrets[:] = ["new"]
    assert is_genuine(delivery, by)


#: Reference: the table in the vendor's description of version 3.
DECODED = {f"%{ord(character):02X}": character for character in ":/?@!$'()*,;"}


@pytest.mark.parametrize(("escape", "character"), DECODED.items())
def test_twelve_escapes_are_decoded_in_either_case(escape: str, character: str) -> None:
    headers = sign_v3(BODY, f"{PATH}?a={character}b")

    for as_sent in (escape, escape.lower(), character):
        assert is_genuine(signed(headers, uri=f"{URL}{PATH}?a={as_sent}b"))


@pytest.mark.parametrize("escape", ["%20", "%26", "%3D", "%25", "%2B", "%23", "%C3%BE", "%2540"])
def test_all_other_escapes_stay(escape: str) -> None:
    uri = f"{URL}{PATH}?a={escape}"

    assert is_genuine(signed(sign_v3(BODY, f"{PATH}?a={escape}"), uri=uri))


def test_version_2_decodes_nothing() -> None:
    uri = f"{URL}{PATH}?a=%40"

    assert is_genuine(signed(sign_v2(BODY, f"{PATH}?a=%40"), uri=uri))
    assert not is_genuine(signed(sign_v2(BODY, f"{PATH}?a=@"), uri=uri))


@pytest.mark.parametrize("sign", [sign_v3, sign_v2])
def test_the_order_of_the_query_counts(sign: Any) -> None:
    headers = sign(BODY, PATH + "?a=1&b=2")

    assert is_genuine(signed(headers, uri=URL + PATH + "?a=1&b=2"))
    assert not is_genuine(signed(headers, uri=URL + PATH + "?b=2&a=1"))


@settings(deadline=None)
@given(body=st.binary(max_size=60), data=st.data())
def test_one_changed_byte_of_the_body_is_enough(body: bytes, data: st.DataObject) -> None:
    headers = data.draw(st.sampled_from([sign_v3(body, PATH), sign_v2(body, PATH)]))
    assert is_genuine(signed(headers, body))

    assert not is_genuine(signed(headers, changed(body or b"x", data)))


@settings(deadline=None)
@given(query=st.text("ab=&%20+/", max_size=12), data=st.data())
def test_one_changed_byte_of_the_address_is_enough(query: str, data: st.DataObject) -> None:
    path = f"{PATH}?{query}"
    headers = data.draw(st.sampled_from([sign_v3(BODY, path), sign_v2(BODY, path)]))
    # Version 3 takes an escape and what it stands for as the same, so that is no change.
    uri = changed((URL + path).encode(), data).decode("latin-1")
    if decoded(uri) == decoded(URL + path):
        return

    assert not is_genuine(signed(headers, uri=uri))


def decoded(uri: str) -> str:
    for escape, character in DECODED.items():
        uri = uri.replace(escape, character).replace(escape.lower(), character)
    return uri


@settings(deadline=None)
@given(data=st.data())
def test_one_changed_byte_of_the_time_is_enough(data: st.DataObject) -> None:
    timestamp = changed(str(NOW).encode(), data).decode("latin-1")

    assert not is_genuine(signed({**GENUINE, "X-HubSpot-Request-Timestamp": timestamp}))


def changed(text: bytes, data: st.DataObject) -> bytes:
    position = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.integers(1, 255))
    return text[:position] + bytes([text[position] ^ other]) + text[position + 1 :]


@settings(deadline=None)
@given(
    headers=st.dictionaries(
        st.sampled_from(
            [
                "x-hubspot-signature",
                "x-hubspot-signature-v3",
                "x-hubspot-signature-version",
                "x-hubspot-request-timestamp",
            ]
        ),
        st.text() | st.sampled_from(["v1", "v2", "v3", str(NOW)]),
    ),
    body=st.binary(max_size=20),
)
def test_whatever_comes_is_refused_and_never_breaks_anything(
    headers: dict[str, str], body: bytes
) -> None:
    assert not is_genuine(signed(headers, body), verifier(schemes="v3,v2,v1"))
