"""The commands for keys: look, rotate, drop, wrap; and a start without the right ones."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import tink
from tink import aead

from casework.errors import CreditsDeskError
from storage.keyset_file import KeysetFile
from storage.keysets import make_keyset, read_keyset
from storage.sealing import TinkSealer, write_new_keyset
from storage.sqlite import SqliteStore
from tests.office import Office, office_in
from tests.storage.everything_sealed import fill, read_all
from tests.storage.test_resealing import damage

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _no_need_to_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.key_changes.SETTLED_AFTER", 0.0)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as office:
        fill(office.store, sealer_of(office))
        yield office


def file_of(office: Office) -> KeysetFile:
    return KeysetFile(Path(office.environment["SEALING_KEYSET_FILE"]))


def sealer_of(office: Office) -> TinkSealer:
    return TinkSealer(file_of(office).path.read_text())


def values(office: Office) -> dict[str, Any]:
    """Everything sealed, opened with the keys of now."""
    store = SqliteStore(office.path, sealer_of(office))
    try:
        return read_all(store, sealer_of(office))
    finally:
        store.close()


def needed(office: Office) -> dict[int, int]:
    return {each["id"]: each["values"] for each in office.run_json("keys", "list")}


#: What `fill` seals: five fields, a reply, an entry and a delivery of each request; the key check.
ALL = 3 * 8 + 1


def test_the_keys_are_listed(office: Office) -> None:
    first = file_of(office).read().primary
    assert office.run_json("keys", "list") == [
        {
            "id": first,
            "primary": True,
            "in_file": True,
            "needed_by": {
                "deliveries": 3,
                "sealed_fields": 15,
                "replies": 3,
                "ledger": 3,
                "key_check": 1,
            },
            "values": ALL,
        }
    ]
    assert f"{first} " in office.run("keys", "list").stdout
    assert "seals: 3 in deliveries, 15 in sealed_fields" in office.run("keys", "list").stdout


def test_rotate_and_drop(office: Office) -> None:
    before, old = values(office), file_of(office).read().primary
    done = office.run_json("keys", "rotate")
    new = file_of(office).read().primary

    assert done == {
        "key": new,
        "added": True,
        "finished": True,
        "resealed": ALL,
        "unopened": 0,
        "purged": True,
    }
    assert needed(office) == {old: 0, new: ALL}
    assert values(office) == before
    assert office.run_json("keys", "drop", str(old)) == {"dropped": old, "purged": True}
    assert needed(office) == {new: ALL}
    assert values(office) == before
    assert office.journal("key_added") == [("", {"key": new})]
    assert office.journal("keys_resealed") == [("", {"key": new, "values": ALL})]
    assert office.journal("key_dropped") == [("", {"key": old})]
    assert office.run_json("verify")["ok"]


def test_people_are_told_in_words(office: Office) -> None:
    old = file_of(office).read().primary
    done = office.run("keys", "rotate")

    assert done.exit_code == 0
    assert f"{ALL} values were sealed anew" in done.stdout
    assert "nothing needs it" in office.run("keys", "list").stdout
    done = office.run("keys", "drop", str(old))
    assert f"Key {old} was dropped" in done.stdout


def test_rotating_twice_is_two_rotations(office: Office) -> None:
    office.run_json("keys", "rotate")
    done = office.run_json("keys", "rotate")

    assert (done["added"], done["resealed"]) == (True, ALL)
    assert len(file_of(office).read().key_ids) == 3


def test_the_key_that_seals_is_not_dropped_nor_one_that_is_needed(office: Office) -> None:
    old = file_of(office).read().primary
    for key, says in ((old, "the one that seals"), (1, "there is no key 1")):
        done = office.run("keys", "drop", str(key))
        assert (done.exit_code, says in done.stderr) == (1, True), done.stderr
    added = office.run_json("keys", "rotate", "--only-add")["key"]
    with file_of(office).locked():
        file_of(office).write(file_of(office).read().with_primary(added))
    done = office.run("keys", "drop", str(old))

    assert done.exit_code == 1
    assert "15 in sealed_fields" in done.stderr
    assert file_of(office).read().key_ids == (old, added)
    assert office.journal("key_dropped") == []


def test_a_drop_waits_for_what_may_be_on_its_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = file_of(office).read().primary
    behind = TinkSealer(file_of(office).path.read_text())
    office.run_json("keys", "rotate")
    monkeypatch.setattr("commands.key_changes.SETTLED_AFTER", 30.0)
    waited: list[float] = []

    def something_arrives(seconds: float) -> None:
        waited.append(seconds)
        fill_late(office, behind)

    monkeypatch.setattr("commands.key_changes.time.sleep", something_arrives)
    done = office.run("keys", "drop", str(old))

    assert len(waited) == 1 and 0 < waited[0] <= 30
    assert (done.exit_code, "1 in deliveries" in done.stderr) == (1, True)
    assert old in file_of(office).read().key_ids


def fill_late(office: Office, behind: TinkSealer) -> None:
    sealed = behind.seal(b"late", "delivery:crm:late")
    office.store.write(lambda tables: tables.deliveries.keep("crm", "late", sealed, 1))  # type: ignore[arg-type]


def test_only_adding_is_for_machines_with_copies(office: Office) -> None:
    old = file_of(office).read().primary
    done = office.run_json("keys", "rotate", "--only-add")
    new = done["key"]

    assert (done["added"], done["finished"]) == (True, False)
    assert (file_of(office).read().primary, needed(office)) == (old, {old: ALL, new: 0})
    again = office.run_json("keys", "rotate", "--only-add")
    assert (again["key"], again["added"]) == (new, False)
    done = office.run_json("keys", "rotate")
    assert (done["key"], done["added"], done["resealed"]) == (new, False, ALL)
    assert len(office.journal("key_added")) == 1


def test_an_old_copy_of_the_file_changes_nothing(office: Office, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    shutil.copy(file_of(office).path, copy)
    office.run_json("keys", "rotate", "--only-add")
    office.environment["SEALING_KEYSET_FILE"] = str(copy)
    text = copy.read_text()
    done = office.run("keys", "rotate")

    assert (done.exit_code, "not the newest copy" in done.stderr) == (1, True)
    assert copy.read_text() == text


def test_two_machines_with_a_copy_each(office: Office, tmp_path: Path) -> None:
    before, ours = values(office), office.environment["SEALING_KEYSET_FILE"]
    theirs = str(tmp_path / "theirs.json")
    old = file_of(office).read().primary
    new = office.run_json("keys", "rotate", "--only-add")["key"]
    shutil.copy(ours, theirs)
    behind = TinkSealer(Path(theirs).read_text())
    assert office.run_json("keys", "rotate")["key"] == new
    fill_late(office, behind)
    assert needed(office)[old] == 1
    assert TinkSealer(Path(ours).read_text()).primary != behind.primary

    office.environment["SEALING_KEYSET_FILE"] = theirs
    done = office.run_json("keys", "rotate")
    assert (done["key"], done["added"], done["resealed"]) == (new, False, 1)
    for file in (ours, theirs):
        office.environment["SEALING_KEYSET_FILE"] = file
        assert office.run_json("keys", "drop", str(old))["dropped"] == old
        assert needed(office) == {new: ALL + 1}
        assert values(office) == before


@pytest.mark.parametrize("moment", ["added", "noted", "primary", "half", "resealed"])
def test_a_rotation_that_was_killed_is_finished_by_the_next(office: Office, moment: str) -> None:
    """Killed right after each of its steps, in a process of its own."""
    before = values(office)
    kills = {
        "added": "KeysetFile.write = then_die(KeysetFile.write, 1)",
        "noted": "KeyChanges._note = then_die(KeyChanges._note, 1)",
        "primary": "KeysetFile.write = then_die(KeysetFile.write, 2)",
        "half": "resealing._reseal = then_die(resealing._reseal, 2)",
        "resealed": "key_changes.reseal_all = then_die(key_changes.reseal_all, 1)",
    }
    does = (
        "import os, signal, sys\n"
        "from commands import key_changes\n"
        "from commands.key_changes import KeyChanges\n"
        "from storage import resealing\n"
        "from storage.keyset_file import KeysetFile\n"
        "resealing._BATCH = 4\n"
        "def then_die(does, times):\n"
        "    left = [times]\n"
        "    def wrapped(*given, **named):\n"
        "        result = does(*given, **named)\n"
        "        left[0] -= 1\n"
        "        if not left[0]:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return result\n"
        "    return wrapped\n"
        f"{kills[moment]}\n"
        "from cli import desk\n"
        "desk(['keys', 'rotate', '--json'])\n"
    )
    done = python(office, "-c", does)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert values(office) == before

    done = office.run_json("keys", "rotate")
    keyset = file_of(office).read()
    assert len(keyset.key_ids) == 2
    assert (done["key"], done["added"], done["finished"]) == (keyset.key_ids[1], False, True)
    assert needed(office) == {keyset.key_ids[0]: 0, keyset.primary: ALL}
    assert values(office) == before
    assert [facts["key"] for _, facts in office.journal("key_added")] == [keyset.primary]
    assert len(office.journal("keys_resealed")) == 1


def python(office: Office, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **office.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_what_does_not_open_is_told_and_keeps_its_key(office: Office) -> None:
    old = file_of(office).read().primary
    damage(office.path, "CR-1", "reason")
    done = office.run("keys", "rotate")

    assert (done.exit_code, "1 DO NOT OPEN" in done.stdout) == (1, True)
    assert office.journal("keys_resealed") == []
    done = office.run("keys", "drop", str(old))
    assert (done.exit_code, "1 in sealed_fields" in done.stderr) == (1, True)
    office.store.write(
        lambda tables: tables.requests._connection.run(
            "DELETE FROM sealed_fields WHERE reference = 'CR-1' AND field = 'reason'"
        )
    )
    assert office.run_json("keys", "rotate")["finished"]
    assert office.run("keys", "drop", str(old)).exit_code == 0


@pytest.mark.parametrize("command", [["list"], ["rotate"], ["drop", "1"]])
def test_keys_in_the_environment_are_not_changed(office: Office, command: list[str]) -> None:
    office.environment["SEALING_KEYSET"] = file_of(office).path.read_text()
    office.environment["SEALING_KEYSET_FILE"] = ""
    done = office.run("keys", *command)

    assert done.exit_code == 1
    assert "SEALING_KEYSET_FILE" in done.stderr


def test_two_rotations_at_once_are_one_and_a_message(office: Office) -> None:
    with file_of(office).locked():
        done = office.run("keys", "rotate")

    assert (done.exit_code, "another command" in done.stderr) == (1, True)
    assert len(file_of(office).read().key_ids) == 1


def test_no_secret_of_a_keyset_is_ever_printed(office: Office) -> None:
    old = file_of(office).read().primary
    said = [
        office.run("keys", *command).output
        for command in (["list"], ["rotate"], ["list", "--json"], ["drop", str(old)])
    ]
    for key in json.loads(file_of(office).path.read_text())["sealing"]["key"]:
        assert not any(key["keyData"]["value"] in text for text in said)


def test_a_new_keyset_beside_a_sealed_database_is_warned_about(
    office: Office, tmp_path: Path
) -> None:
    content = office.path.read_bytes()
    done = office.run("keys", "new", str(tmp_path / "second.json"))

    assert done.exit_code == 0
    assert "WARNING" in done.stderr
    assert office.path.read_bytes() == content
    office.environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'none.db'}"
    assert office.run("keys", "new", str(tmp_path / "third.json")).stderr == ""
    assert not (tmp_path / "none.db").exists()


def lose(keyset: Path) -> str:
    keyset.unlink()
    return "names a file that cannot be read"


def empty(keyset: Path) -> str:
    keyset.write_text("")
    return "names a file that is empty"


def garble(keyset: Path) -> str:
    keyset.write_text(keyset.read_text()[:-40])
    return "the keyset is not one"


def swap(keyset: Path) -> str:
    keyset.unlink()
    write_new_keyset(keyset)
    return "not the keyset this database was made with"


@pytest.mark.parametrize("how", [lose, empty, garble, swap], ids=lambda how: str(how.__name__))
def test_without_its_keys_the_service_says_so_once_and_changes_nothing(
    office: Office, how: Any
) -> None:
    office.store.close()
    content = office.path.read_bytes()
    says = how(file_of(office).path)
    keys = file_of(office).path.read_bytes() if file_of(office).path.exists() else None
    done = python(office, "-c", "import wsgi")

    assert done.returncode == 3
    assert done.stderr.count("Credits Desk cannot start.") == 1
    assert says in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert office.path.read_bytes() == content
    assert (file_of(office).path.read_bytes() if keys is not None else None) == keys
    assert file_of(office).path.exists() == (keys is not None)


# A cloud's key service: its place is taken by one that holds its key here, and can be away.


class StandIn(tink.KmsClient):  # type: ignore[misc]
    """A key service on this machine, reached the way Tink reaches a cloud's."""

    def __init__(self) -> None:
        keys = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
        self._aead, self.away, self.calls = keys.primitive(aead.Aead), False, 0

    def does_support(self, key_uri: str) -> bool:
        return key_uri.startswith("gcp-kms://stand-in/")

    def get_aead(self, key_uri: str) -> aead.Aead:
        return self

    def encrypt(self, plaintext: bytes, associated_data: bytes) -> bytes:
        self._call()
        return self._aead.encrypt(plaintext, associated_data)  # type: ignore[no-any-return]

    def decrypt(self, ciphertext: bytes, associated_data: bytes) -> bytes:
        self._call()
        return self._aead.decrypt(ciphertext, associated_data)  # type: ignore[no-any-return]

    def _call(self) -> None:
        self.calls += 1
        if self.away:
            raise ConnectionError("to 10.0.0.1 with the token 12345")


KMS_KEY = "gcp-kms://stand-in/key"


@contextmanager
def stand_in() -> Iterator[StandIn]:
    service = StandIn()
    tink.register_kms_client(service)
    try:
        yield service
    finally:
        # Tink has no way to take one client away again.
        tink._kms_clients._kms_clients.remove(service)


@pytest.fixture
def key_service() -> Iterator[StandIn]:
    with stand_in() as service:
        yield service


def test_a_wrapped_keyset_holds_no_key_and_serves_as_any_other(
    office: Office, key_service: StandIn
) -> None:
    before, file = values(office), file_of(office)
    secrets = [
        key["keyData"]["value"] for key in json.loads(file.path.read_text())["sealing"]["key"]
    ]
    assert office.run("keys", "wrap", str(file.path), "--kms-key", KMS_KEY).exit_code == 0

    text = file.path.read_text()
    assert not any(secret in text for secret in secrets)
    assert json.loads(text)["kms_key"] == KMS_KEY
    assert values(office) == before
    old = file.read().primary
    assert office.run_json("keys", "rotate")["resealed"] == ALL
    assert office.run("keys", "drop", str(old)).exit_code == 0
    assert values(office) == before
    assert json.loads(file.path.read_text())["kms_key"] == KMS_KEY
    assert office.run("keys", "wrap", str(file.path), "--kms-key", KMS_KEY).exit_code == 1
    assert office.run("keys", "unwrap", str(file.path)).exit_code == 0
    assert "kms_key" not in json.loads(file.path.read_text())
    assert values(office) == before


def test_a_keyset_is_born_wrapped(office: Office, tmp_path: Path, key_service: StandIn) -> None:
    file = tmp_path / "born.json"
    done = office.run("keys", "new", str(file), "--kms-key", KMS_KEY)

    assert done.exit_code == 0
    assert "encryptedKeyset" in json.loads(file.read_text())["sealing"]
    sealer = TinkSealer(file.read_text())
    assert sealer.unseal(sealer.seal(b"x", "place"), "place") == b"x"


def test_the_two_parts_of_a_wrapped_file_cannot_be_swapped(key_service: StandIn) -> None:
    parts = json.loads(make_keyset(KMS_KEY).to_text())
    parts["sealing"], parts["digests"] = parts["digests"], parts["sealing"]
    with pytest.raises(CreditsDeskError, match="key service"):
        read_keyset(json.dumps(parts))


def test_while_the_key_service_is_away_nothing_starts_and_what_runs_goes_on(
    office: Office, key_service: StandIn
) -> None:
    file = file_of(office)
    assert office.run("keys", "wrap", str(file.path), "--kms-key", KMS_KEY).exit_code == 0
    text = file.path.read_text()
    sealer = TinkSealer(file.path.read_text)
    sealed, calls = sealer.seal(b"x", "place"), key_service.calls
    key_service.away = True

    assert sealer.unseal(sealed, "place") == b"x"
    assert key_service.calls == calls
    content = office.path.read_bytes()
    for command in (["status"], ["keys", "rotate"], ["keys", "unwrap", str(file.path)]):
        done = office.run(*command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "the key service (gcp-kms) could not be reached" in done.stderr
        assert "ConnectionError" in done.stderr
        assert "10.0.0.1" not in done.stderr
    assert (office.path.read_bytes(), file.path.read_text()) == (content, text)


def test_a_changed_file_is_tried_again_once_the_key_service_is_back(
    office: Office, key_service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(office)
    assert office.run("keys", "wrap", str(file.path), "--kms-key", KMS_KEY).exit_code == 0
    sealer = TinkSealer(file.path.read_text)
    old = sealer.primary
    changed = file.read().with_new_key()
    with file.locked():
        file.write(changed.with_primary(changed.key_ids[-1]))
    key_service.away = True
    assert sealer.primary == old
    calls = key_service.calls
    assert sealer.primary == old
    assert key_service.calls == calls

    key_service.away = False
    monkeypatch.setattr("storage.keys_at_hand.time.monotonic", lambda: time.time() + 1e9)
    assert sealer.primary == changed.key_ids[-1]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("gcp-kms://projects/p/locations/l/keyRings/r/cryptoKeys/k", "pip install 'tink[gcpkms]'"),
        ("aws-kms://arn:aws:kms:eu-west-1:1:key/k", "pip install 'tink[awskms]'"),
        ("vault://k", "gcp-kms:// or aws-kms://"),
        ("k", "gcp-kms:// or aws-kms://"),
    ],
)
def test_a_client_that_is_not_installed_is_one_message(
    office: Office, tmp_path: Path, address: str, says: str
) -> None:
    text = file_of(office).path.read_text()
    done = office.run("keys", "new", str(tmp_path / "n.json"), "--kms-key", address)
    assert (done.exit_code, says in done.stderr) == (1, True), done.stderr
    assert not (tmp_path / "n.json").exists()
    done = office.run("keys", "wrap", str(file_of(office).path), "--kms-key", address)
    assert (done.exit_code, says in done.stderr) == (1, True)
    assert file_of(office).path.read_text() == text
