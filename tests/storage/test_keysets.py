"""The keyset file: what it says, how it is changed, and that it is never half."""

import json
import logging
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.errors import CreditsDeskError, NotKept, Unreadable
from storage.keyset_file import KeysetFile
from storage.keysets import UNKNOWN_KEY, key_id_of, make_keyset, prefix_of
from storage.sealing import TinkSealer, new_keyset

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> KeysetFile:
    path = tmp_path / "keyset.json"
    path.write_text(new_keyset())
    path.chmod(0o600)
    return KeysetFile(path)


def test_a_new_key_opens_at_once_and_seals_once_it_is_the_primary() -> None:
    before = make_keyset()
    added = before.with_new_key()
    new = added.key_ids[-1]

    assert (added.key_ids, added.primary) == ((before.primary, new), before.primary)
    assert added.newer_than_primary == (new,)
    changed = added.with_primary(new)
    assert (changed.primary, changed.newer_than_primary) == (new, ())
    sealed = TinkSealer(changed.to_text()).seal(b"x", "place")
    assert TinkSealer(added.to_text()).unseal(sealed, "place") == b"x"
    with pytest.raises(Unreadable):
        TinkSealer(before.to_text()).unseal(sealed, "place")


def test_a_dropped_key_is_nowhere_in_the_file() -> None:
    before = make_keyset()
    secret = json.loads(before.to_text())["sealing"]["key"][0]["keyData"]["value"]
    added = before.with_new_key()
    assert secret in added.to_text()

    after = added.with_primary(added.key_ids[-1]).without(before.primary)
    assert after.key_ids == (added.key_ids[-1],)
    assert secret not in after.to_text()


def test_the_digests_stay_through_every_change() -> None:
    before = make_keyset()
    added = before.with_new_key()
    after = added.with_primary(added.key_ids[-1]).without(before.primary)

    assert TinkSealer(after.to_text()).digest("a") == TinkSealer(before.to_text()).digest("a")


def test_a_sealed_value_tells_its_key() -> None:
    keyset = make_keyset()
    sealed = TinkSealer(keyset.to_text()).seal(b"x", "place")

    assert key_id_of(sealed) == keyset.primary
    assert sealed.startswith(prefix_of(keyset.primary))
    assert key_id_of(b"") == key_id_of(b"plain text") == UNKNOWN_KEY


def test_no_repr_shows_a_key() -> None:
    keyset = make_keyset()
    secret = json.loads(keyset.to_text())["sealing"]["key"][0]["keyData"]["value"]

    assert secret not in repr(keyset)


def test_the_file_is_changed_for_its_owner_and_group_as_before(file: KeysetFile) -> None:
    for mode, after in ((0o600, 0o600), (0o640, 0o640), (0o666, 0o660)):
        file.path.chmod(mode)
        with file.locked():
            file.write(file.read().with_new_key())
        assert stat.S_IMODE(file.path.stat().st_mode) == after
    assert [each.name for each in file.path.parent.iterdir()] == ["keyset.json"]


def test_what_a_link_points_to_is_changed(file: KeysetFile, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(file.path)
    linked = KeysetFile(link)
    with linked.locked():
        linked.write(linked.read().with_new_key())

    assert link.is_symlink()
    assert len(file.read().key_ids) == 2


def test_two_commands_do_not_change_it_at_once(file: KeysetFile) -> None:
    with (
        file.locked(),
        pytest.raises(CreditsDeskError, match="just changing"),
        KeysetFile(file.path).locked(),
    ):
        raise AssertionError("locked twice")
    with file.locked():
        pass


def test_a_folder_that_cannot_be_written_to_leaves_it_as_it_was(
    file: KeysetFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = file.path.read_text()

    def refuse(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.keyset_file._write_through", refuse)
    with file.locked(), pytest.raises(NotKept, match="No space left"):
        file.write(file.read().with_new_key())
    assert file.path.read_text() == text


def test_what_is_no_keyset_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        KeysetFile(tmp_path / "nothing.json").read()
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(Unreadable, match="not text"):
        KeysetFile(tmp_path / "bytes.json").read()


def test_a_kill_at_any_moment_loses_no_key(file: KeysetFile) -> None:
    first = file.read().primary
    does = (
        "import sys\nfrom pathlib import Path\nfrom storage.keyset_file import KeysetFile\n"
        "file = KeysetFile(Path(sys.argv[1]))\n"
        "with file.locked():\n"
        "    print('ready', flush=True)\n"
        "    while True:\n"
        "        keyset = file.read()\n"
        "        if len(keyset.key_ids) > 4:\n"
        "            keyset = keyset.without(keyset.key_ids[-1])\n"
        "        file.write(keyset.with_new_key())\n"
    )
    for moment in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", does, str(file.path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout and process.stdout.readline() == "ready\n"
            time.sleep(0.01 + moment * 0.007)
            process.send_signal(signal.SIGKILL)
        keyset = file.read()
        assert (keyset.primary, keyset.key_ids[0]) == (first, first), moment
        with file.locked():
            file.write(keyset)
        assert [each.name for each in file.path.parent.iterdir()] == ["keyset.json"]
    assert len(file.read().key_ids) > 1


class Reads:
    """A keyset that changes while a sealer has it, and how often it was looked at."""

    def __init__(self, text: str) -> None:
        self.text, self.looks = text, 0
        self.before_look: Callable[[], None] = lambda: None

    def __call__(self) -> str:
        self.looks += 1
        self.before_look()
        return self.text


def test_a_sealer_notices_a_changed_keyset_by_itself() -> None:
    keyset = make_keyset()
    reads = Reads(keyset.to_text())
    sealer = TinkSealer(reads)
    old = sealer.seal(b"old", "place")
    added = keyset.with_new_key()
    changed = added.with_primary(added.key_ids[-1])
    reads.text = changed.to_text()

    assert key_id_of(sealer.seal(b"new", "place")) == changed.primary == sealer.primary
    assert sealer.unseal(old, "place") == b"old"
    reads.text = changed.without(keyset.primary).to_text()
    with pytest.raises(Unreadable):
        sealer.unseal(old, "place")


def test_a_sealer_looks_once_more_before_it_gives_up() -> None:
    keyset = make_keyset()
    added = keyset.with_new_key()
    changed = added.with_primary(added.key_ids[-1])
    sealed = TinkSealer(changed.to_text()).seal(b"new", "place")
    reads = Reads(keyset.to_text())
    sealer = TinkSealer(reads)
    first = reads.looks

    def change_at_the_second_look() -> None:
        if reads.looks == first + 2:
            reads.text = changed.to_text()

    reads.before_look = change_at_the_second_look
    assert sealer.unseal(sealed, "place") == b"new"


@pytest.mark.parametrize("text", ["", "{", new_keyset()], ids=["empty", "garbled", "another"])
def test_the_last_good_keys_hold_and_the_log_says_so_once(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    keyset = make_keyset()
    reads = Reads(keyset.to_text())
    sealer = TinkSealer(reads)
    sealed, digest = sealer.seal(b"x", "place"), sealer.digest("a")
    reads.text = text
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            assert sealer.unseal(sealed, "place") == b"x"
            assert key_id_of(sealer.seal(b"y", "place")) == keyset.primary
            assert sealer.digest("a") == digest

    assert len(caplog.records) == 1
    assert "the keys from before hold" in caplog.text
    reads.text = keyset.with_new_key().to_text()
    assert sealer.unseal(sealed, "place") == b"x"


def test_many_threads_seal_and_open_while_the_keys_are_changed() -> None:
    keyset = make_keyset()
    reads = Reads(keyset.to_text())
    sealer = TinkSealer(reads)
    wrong: list[str] = []
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                if sealer.unseal(sealer.seal(b"x", "place"), "place") != b"x":
                    wrong.append("opened as something else")
            except CreditsDeskError as error:
                wrong.append(str(error))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        keyset = keyset.with_new_key()
        keyset = keyset.with_primary(keyset.key_ids[-1])
        reads.text = keyset.to_text()
        time.sleep(0.01)
    stop.set()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert sealer.primary == keyset.primary


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_somebody_else_stays_theirs(file: KeysetFile) -> None:
    os.chown(file.path, 12345, 12346)
    with file.locked():
        file.write(file.read().with_new_key())

    after = file.path.stat()
    assert (after.st_uid, after.st_gid, len(file.read().key_ids)) == (12345, 12346, 2)
