"""The operators' commands, and a start that cannot be."""

import csv
import io
import json
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from casework.delivery_records import Route
from casework.ports import Order
from casework.request import Details, Submission
from casework.request_records import NewRequest
from casework.work import Kind
from settings import SETTINGS, env_example
from storage.sealing import TinkSealer, write_new_keyset
from storage.sqlite import SqliteStore
from storage.tables import Tables
from tests.office import Office, office_in

ROOT = Path(__file__).parents[1]
NOW = 1_790_000_000_000


def start(folder: Path, *arguments: str, timeout: float = 20) -> "subprocess.CompletedProcess[str]":
    """Run Python as an operator does, with no setting at all."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


DESK = ("-m", "flask", "--app", "wsgi", "desk")


def test_a_keyset_is_made_without_any_other_setting(tmp_path: Path) -> None:
    file = tmp_path / "keyset.json"
    done = start(tmp_path, *DESK, "keys", "new", str(file))

    assert (done.returncode, done.stderr) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    sealer = TinkSealer(file.read_text())
    assert sealer.unseal(sealer.seal(b"x", "place"), "place") == b"x"
    assert json.loads(file.read_text())["sealing"]["key"][0]["keyData"]["value"] not in done.stdout


def test_a_command_with_missing_settings_says_so_in_one_message(tmp_path: Path) -> None:
    done = start(tmp_path, *DESK, "status")

    assert done.returncode == 1
    says_what_is_missing(done.stderr)
    assert done.stdout == ""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    "server",
    [
        "gunicorn --bind 127.0.0.1:{port} wsgi:app",
        "granian --interface wsgi --host 127.0.0.1 --port {port} wsgi:app",
    ],
    ids=["gunicorn", "granian"],
)
def test_a_server_that_cannot_start_says_so_and_ends(tmp_path: Path, server: str) -> None:
    began = time.monotonic()
    done = start(tmp_path, "-m", *server.format(port=free_port()).split(), timeout=30)

    assert time.monotonic() - began < 10
    assert done.returncode != 0
    says_what_is_missing(done.stdout + done.stderr)


def says_what_is_missing(output: str) -> None:
    assert output.count("setting(s) to mend") == 1
    needed = {setting.name for setting in SETTINGS if setting.default is None}
    said = {line.split()[1] for line in output.splitlines() if line.startswith("  - ")}
    assert said == needed | {"HUBSPOT_FORM_ID"}
    assert "Traceback" not in output


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as office:
        yield office


def park(store: SqliteStore, kind: Kind, key: str, error: str) -> None:
    def ask_and_park(tables: Tables) -> None:
        tables.work.ask(kind, [key], NOW)
        (item,) = [each for each in tables.work.find_due([kind], NOW, 99) if each.key == key]
        tables.work.park(item, error, NOW)

    store.write(ask_and_park)


def test_a_keyset_is_never_overwritten(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "precious.json"
    file.write_text("precious")
    done = office.run("keys", "new", str(file))

    assert done.exit_code == 1
    assert "exists" in done.output
    assert file.read_text() == "precious"


def test_a_keyset_that_cannot_be_written_is_one_message(office: Office, tmp_path: Path) -> None:
    done = office.run("keys", "new", str(tmp_path / "keyset.json" / "below-a-file"))

    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert "cannot be written" in done.output


def test_status_of_nothing(office: Office) -> None:
    assert office.run_json("status") == {
        "requests": {},
        "deliveries": {},
        "waiting": {},
        "parked": {},
        "counted_days": 30,
        "failing": [],
    }
    *lines, told = office.run("status").stdout.splitlines()
    assert told == "What is closed or read is counted for the last 30 days."
    assert [line.split() for line in lines] == [
        [heading, "none"] for heading in ("requests", "deliveries", "waiting", "parked")
    ]


def test_status(office: Office) -> None:
    submission = Submission(
        Details("jona@example.is", "s@example.is", ""), "Hub", None, None, False
    )
    new = NewRequest("CR-1", submission, "Hub", "f", "c", "p", None, "Received.")

    def fill(tables: Tables) -> None:
        tables.requests.add(new, NOW)
        tables.requests.add(replace(new, reference="CR-2"), NOW)
        tables.deliveries.keep(Route.FORM, "digest", b"sealed", NOW)
        tables.work.ask(Kind.RECEIVE, ["1"], NOW)

    office.store.write(fill)
    park(office.store, Kind.NOTIFY, "CR-1/received", "mail: send (550)")

    assert office.run_json("status") == {
        "requests": {"new": 2},
        "deliveries": {"waiting": 1},
        "waiting": {"receive": 1},
        "parked": {"notify": 1},
        "counted_days": 30,
        "failing": [],
    }
    text = office.run("status").stdout
    assert "new 2" in text

    def fail(tables: Tables) -> None:
        (item,) = tables.work.find_due([Kind.RECEIVE], NOW, 9)
        tables.work.put_off(item, NOW + 1, "HubSpot: read (503)", NOW)

    office.store.write(fail)
    assert office.run_json("status")["failing"] == [
        {"kind": "receive", "number": 1, "since": NOW, "error": "HubSpot: read (503)"}
    ]
    assert "HubSpot: read (503)" in office.run("status").stdout
    assert "notify 1" in text
    assert "jona" not in text


def test_parked_work_is_listed(office: Office) -> None:
    assert office.run("parked").stdout == "Nothing is parked.\n"
    assert office.run_json("parked") == []
    park(office.store, Kind.NOTIFY, "CR-1/received", "mail: send (550)")

    assert office.run_json("parked") == [
        {
            "kind": "notify",
            "key": "CR-1/received",
            "attempts": 1,
            "error": "mail: send (550)",
            "parked_at": NOW,
        }
    ]
    assert office.run("parked").stdout == (
        "notify CR-1/received: mail: send (550) (since 2026-09-21 14:13 UTC, 1 tries)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["notify", "CR-1/received"], {("notify", "CR-2/received"), ("grant", "CR-1")}),
        (["notify"], {("grant", "CR-1")}),
        (["all"], set()),
        (["all", "CR-1"], {("notify", "CR-1/received"), ("notify", "CR-2/received")}),
    ],
)
def test_parked_work_is_tried_again(
    office: Office, arguments: list[str], left: set[tuple[str, str]]
) -> None:
    park(office.store, Kind.NOTIFY, "CR-1/received", "mail: send (550)")
    park(office.store, Kind.NOTIFY, "CR-2/received", "mail: send (550)")
    park(office.store, Kind.GRANT, "CR-1", "credits: grant (400)")
    done = office.run("retry", *arguments)

    assert done.exit_code == 0
    assert done.stdout == f"{3 - len(left)} to be tried again.\n"
    assert {(work["kind"], work["key"]) for work in office.run_json("parked")} == left
    due = office.store.read(lambda tables: tables.work.count_by_kind())
    assert sum(due.values()) == 3 - len(left)
    assert len(office.journal("retried")) == 3 - len(left)


@pytest.mark.parametrize("arguments", [["all", "CR-9"], ["notify", "CR-9"], ["grant"]])
def test_nothing_to_try_again_is_a_failure_that_scripts_see(
    office: Office, arguments: list[str]
) -> None:
    park(office.store, Kind.NOTIFY, "CR-1/received", "mail: send (550)")
    done = office.run("retry", *arguments)

    assert (done.exit_code, done.stdout) == (1, "0 to be tried again.\n")


def test_an_unknown_kind_is_refused(office: Office) -> None:
    assert office.run("retry", "everything").exit_code == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"CREDITS_MAX": "zzz"}, "CREDITS_MAX"),
        ({"SEALING_KEYSET_FILE": "", "SEALING_KEYSET": "zzz"}, "keyset"),
        ({"DATABASE_URL": "sqlite:////dev/null/zzz/desk.db"}, "database"),
    ],
)
def test_what_is_wrong_is_one_message(office: Office, change: dict[str, str], says: str) -> None:
    office.environment.update(change)
    done = office.run("status")

    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert done.stdout == ""
    assert says in done.stderr
    assert "zzz" not in done.stderr.replace("/dev/null/zzz", "")


def test_another_keyset_than_the_files_is_one_message(office: Office, tmp_path: Path) -> None:
    give(office, "CR-1", "jona@example.is", 6)
    write_new_keyset(tmp_path / "other.json")
    office.environment["SEALING_KEYSET_FILE"] = str(tmp_path / "other.json")
    done = export(office, tmp_path / "out.csv")

    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert "keyset" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def give(office: Office, reference: str, client_email: str, credits: int) -> None:
    order = Order(f"credit-request-{reference}", client_email, credits, "Hub", reference)
    office.store.write(lambda tables: tables.ledger.add(order, NOW))


def export(office: Office, file: Path, *more: str) -> Result:
    return office.run("ledger", "export", str(file), "--by", "Anna", "--reason", "monthly", *more)


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def test_the_ledger_is_exported_once(office: Office, tmp_path: Path) -> None:
    give(office, "CR-1", "jona@example.is", 6)
    give(office, "CR-2", 'guðrún,"x"@example.is', 2)
    first, second, third = (tmp_path / f"{name}.csv" for name in ("first", "second", "third"))

    done = export(office, first)
    assert (done.exit_code, done.stdout) == (0, f"Export 1: 2 entries written to {first}.\n")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert rows(first) == [
        {
            "export": "1",
            "key": "credit-request-CR-1",
            "reference": "CR-1",
            "client_email": "jona@example.is",
            "credits": "6",
            "granted_on": "21 September 2026",
        },
        {
            "export": "1",
            "key": "credit-request-CR-2",
            "reference": "CR-2",
            "client_email": 'guðrún,"x"@example.is',
            "credits": "2",
            "granted_on": "21 September 2026",
        },
    ]

    give(office, "CR-3", "anna@example.is", 1)
    export(office, second)
    assert [row["reference"] for row in rows(second)] == ["CR-3"]

    export(office, third)
    assert rows(third) == []


def test_an_earlier_export_may_be_had_again(office: Office, tmp_path: Path) -> None:
    give(office, "CR-1", "jona@example.is", 6)
    export(office, tmp_path / "first.csv")
    export(office, tmp_path / "again.csv", "--again", "1")

    assert rows(tmp_path / "again.csv") == rows(tmp_path / "first.csv")
    facts = {"by": "Anna", "export": 1, "reason": "monthly"}
    assert office.journal("revealed") == [("CR-1", facts), ("CR-1", facts)]


def test_an_export_overwrites_nothing_and_then_counts_for_nothing(
    office: Office, tmp_path: Path
) -> None:
    give(office, "CR-1", "jona@example.is", 6)
    file = tmp_path / "out.csv"
    file.write_text("precious")

    done = export(office, file)
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert file.read_text() == "precious"
    assert office.journal("revealed") == []

    export(office, tmp_path / "other.csv")
    assert len(rows(tmp_path / "other.csv")) == 1


@pytest.mark.parametrize("missing", ["--by", "--reason"])
def test_nobody_looks_without_a_name_and_a_reason(
    office: Office, tmp_path: Path, missing: str
) -> None:
    options = [
        part for option in ("--by", "--reason") if option != missing for part in (option, "x")
    ]
    done = office.run("ledger", "export", str(tmp_path / "out.csv"), *options)

    assert done.exit_code == 2
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1@example.is",
        "+1@example.is",
        "-1@example.is",
        "@SUM(A1)",
        "\t=1@example.is",
        "\r=1@example.is",
        "＝1@example.is",
    ],
)
def test_no_address_is_a_formula_for_a_spreadsheet(
    office: Office, tmp_path: Path, formula: str
) -> None:
    give(office, "CR-1", formula, 6)
    export(office, tmp_path / "out.csv")

    assert b"'" + formula.encode() in (tmp_path / "out.csv").read_bytes()


def test_env_example(office: Office) -> None:
    assert office.run("env-example").stdout == env_example()
