import json
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Unreadable
from storage.sealing import TinkSealer, new_keyset, write_new_keyset


@settings(deadline=None)
@given(plain=st.binary(max_size=200), place=st.text(max_size=20))
def test_what_is_sealed_opens_again(plain: bytes, place: str) -> None:
    assert SEALER.unseal(SEALER.seal(plain, place), place) == plain


KEYSET = new_keyset()
SEALER = TinkSealer(KEYSET)


def test_the_same_text_is_never_sealed_the_same(sealer: TinkSealer) -> None:
    assert sealer.seal(b"jona@example.is", "place") != sealer.seal(b"jona@example.is", "place")


def test_a_sealed_text_does_not_show(sealer: TinkSealer) -> None:
    assert b"jona" not in sealer.seal(b"jona@example.is", "place")


@pytest.mark.parametrize("place", ["", "request:CR-1:reason", "request:CR-2:client_email"])
def test_it_does_not_open_in_another_place(sealer: TinkSealer, place: str) -> None:
    sealed = sealer.seal(b"jona@example.is", "request:CR-1:client_email")

    with pytest.raises(Unreadable) as raised:
        sealer.unseal(sealed, place)
    assert "jona" not in str(raised.value)


def test_it_does_not_open_with_another_key(sealer: TinkSealer) -> None:
    sealed = sealer.seal(b"jona@example.is", "place")

    with pytest.raises(Unreadable):
        TinkSealer(new_keyset()).unseal(sealed, "place")


@settings(deadline=None)
@given(data=st.data())
def test_it_does_not_open_once_a_single_bit_was_changed(data: st.DataObject) -> None:
    sealed = bytearray(SEALER.seal(b"jona@example.is", "place"))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(Unreadable):
        SEALER.unseal(bytes(sealed), "place")


@settings(deadline=None)
@given(st.binary(max_size=100))
def test_what_was_never_sealed_does_not_open(rubbish: bytes) -> None:
    with pytest.raises(Unreadable):
        SEALER.unseal(rubbish, "place")


@settings(deadline=None)
@given(st.text(max_size=50))
def test_digests_are_the_same_everywhere_with_one_keyset(text: str) -> None:
    assert TinkSealer(KEYSET).digest(text) == SEALER.digest(text)
    assert len(SEALER.digest(text)) == 32
    int(SEALER.digest(text), 16)


def test_digests_differ_between_texts_and_between_keysets() -> None:
    other = TinkSealer(new_keyset())

    assert len({SEALER.digest("a"), SEALER.digest("b"), other.digest("a"), other.digest("b")}) == 4


def test_a_sealing_key_may_be_changed_while_digests_stay() -> None:
    parts, fresh = json.loads(KEYSET), json.loads(new_keyset())
    rotated = {
        "primaryKeyId": fresh["sealing"]["primaryKeyId"],
        "key": parts["sealing"]["key"] + fresh["sealing"]["key"],
    }
    sealer = TinkSealer(json.dumps({"sealing": rotated, "digests": parts["digests"]}))

    assert sealer.unseal(SEALER.seal(b"old", "place"), "place") == b"old"
    with pytest.raises(Unreadable):
        SEALER.unseal(sealer.seal(b"new", "place"), "place")
    assert sealer.digest("a") == SEALER.digest("a")


def not_keysets() -> list[str]:
    parts = json.loads(KEYSET)
    swapped = {"sealing": parts["digests"], "digests": parts["sealing"]}
    twice = {"sealing": parts["sealing"], "digests": parts["sealing"]}
    half = {"sealing": parts["sealing"]}
    return [
        *("", "x", "1", "null", "[]", "{}", '"sealing"', '{"sealing": 1, "digests": []}'),
        '{"sealing": {}, "digests": {}}',
        *(json.dumps(each) for each in (swapped, twice, half)),
        KEYSET.replace("ENABLED", "DISABLED"),
        KEYSET[:-9],
    ]


@pytest.mark.parametrize("text", not_keysets())
def test_what_is_no_keyset_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(Unreadable) as raised:
        TinkSealer(text)
    secret = json.loads(KEYSET)["sealing"]["key"][0]["keyData"]["value"]
    assert secret not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_new_keyset_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "keyset.json"
    write_new_keyset(file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    TinkSealer(file.read_text())


def test_a_keyset_file_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "keyset.json"
    file.write_text("precious")

    with pytest.raises(FileExistsError):
        write_new_keyset(file)
    assert file.read_text() == "precious"
