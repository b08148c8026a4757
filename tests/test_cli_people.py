"""The operators' commands about people: what they show, ask for, and write down."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from casework.delivery_records import Route
from casework.request import Details, Submission
from casework.take_in import prepare, take_in_certain, take_in_other
from cli import desk
from storage.sealing import TinkSealer, write_new_keyset
from storage.sqlite import SqliteStore

NOW = 1_790_000_000_000
SIGNED = ("--by", "B.T.", "--reason", "asked by letter")


@dataclass
class Office:
    """The commands, with good settings and a request in the store beside them."""

    path: Path
    store: SqliteStore
    sealer: TinkSealer
    environment: dict[str, str]
    reference: str = ""

    def run(self, *arguments: str, typed: str | None = None) -> Result:
        app = Flask("office", static_folder=None)
        app.cli.add_command(desk)
        return app.test_cli_runner().invoke(
            args=["desk", *arguments], env=self.environment, input=typed
        )

    def events(self) -> list[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            rows = connection.execute("SELECT event FROM journal ORDER BY sequence").fetchall()
        return [row[0] for row in rows]

    def submit(self, reason: str = "Kvíði") -> None:
        details = Details("jona@example.is", "anna@clinic.is", reason)
        new = prepare(self.sealer, Submission(details, "Marel hf.", "s1", NOW, listed=True))

        def take(records: object) -> None:
            if not take_in_certain(records, new, NOW):  # type: ignore[arg-type]
                take_in_other(records, new, NOW)  # type: ignore[arg-type]

        self.store.write(take)
        self.reference = new.reference


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    keyset, path = tmp_path / "keyset.json", tmp_path / "desk.db"
    write_new_keyset(keyset)
    sealer = TinkSealer(keyset.read_text())
    store = SqliteStore(path, sealer)
    environment = {
        "PUBLIC_BASE_URL": "https://credits.example.is",
        "DATABASE_URL": f"sqlite:///{path}",
        "SEALING_KEYSET_FILE": str(keyset),
        "HUBSPOT_ACCESS_TOKEN": "a-token",
        "HUBSPOT_CLIENT_SECRETS": "a-client-secret",
        "HUBSPOT_FORM_URL": "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "FORM_FIELDS": "client_email=client_email,organisation=hub,professional_email=email",
    }
    office = Office(path, store, sealer, environment)
    office.submit()
    yield office
    store.close()


# --- reveal -------------------------------------------------------------------------------------


def test_a_field_is_shown_once_and_written_down(office: Office) -> None:
    done = office.run("reveal", office.reference, "client_email", *SIGNED)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "jona@example.is\n", "")
    assert office.events()[-1] == "revealed"


@pytest.mark.parametrize("missing", ["--by", "--reason"])
@pytest.mark.parametrize("command", ["reveal", "forget", "export"])
def test_nobody_looks_or_erases_without_a_name_and_a_reason(
    office: Office, command: str, missing: str
) -> None:
    what = [office.reference, "reason"] if command == "reveal" else ["jona@example.is"]
    signed = [part for o in ("--by", "--reason") if o != missing for part in (o, "x")]
    before = office.events()
    done = office.run(command, *what, *signed)
    assert done.exit_code == 2
    assert "example.is" not in done.output and office.events() == before


@pytest.mark.parametrize("command", ["reveal", "forget", "export"])
@pytest.mark.parametrize("reason", ["wrote to jona@example.is", "Jóna asked", "x" * 101, "a\nb"])
def test_the_reason_names_nobody(office: Office, command: str, reason: str) -> None:
    what = [office.reference, "reason"] if command == "reveal" else ["jona@example.is"]
    done = office.run(command, *what, "--by", "B.T.", "--reason", reason)
    assert (done.exit_code != 0, done.exception.__class__) == (True, SystemExit)
    assert "jona" not in done.output.casefold().replace(reason.casefold(), "")
    assert not {"revealed", "forgotten", "exported"} & set(office.events())


def test_a_terminal_obeys_nothing_that_was_typed_on_the_form(office: Office) -> None:
    with closing(sqlite3.connect(office.path)) as connection, connection:
        sealed = office.sealer.seal(
            b"a\x1b]0;x\x07\nb\xc2\x9b1m", f"request:{office.reference}:reason"
        )
        connection.execute(
            "UPDATE sealed_fields SET sealed_value = ? WHERE field = 'reason'", [sealed]
        )
    done = office.run("reveal", office.reference, "reason", *SIGNED)
    assert done.stdout == "a�]0;x�\nb�1m\n"


# --- forget -------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["argument", "standard input"])
def test_forgetting_tells_what_was_erased_and_what_is_left(office: Office, how: str) -> None:
    argument, typed = (
        ("-", "jona@example.is\n") if how == "standard input" else ("jona@example.is", None)
    )
    done = office.run("forget", argument, *SIGNED, typed=typed)
    assert done.exit_code == 0
    assert f"{office.reference}: the client's address" in done.stdout
    for left in (
        "Forms → Submissions",
        "21 September 2026, conversion id s1",
        "property history",
        "delete it permanently",
        "Backups",
    ):
        assert left in done.stdout
    assert "jona" not in done.output and "anna" not in done.output
    assert office.events()[-1] == "attention" or "forgotten" in office.events()
    with closing(sqlite3.connect(office.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sealed_fields").fetchone() == (0,)


def test_forgetting_tells_scripts_as_well(office: Office) -> None:
    told = json.loads(office.run("forget", "anna@clinic.is", *SIGNED, "--json").stdout)
    (request,) = told["requests"]
    assert (request["reference"], request["role"], told["purged"]) == (
        office.reference,
        "professional",
        True,
    )
    assert "anna" not in json.dumps(told)


@pytest.mark.parametrize("command", ["forget", "export"])
def test_nothing_found_is_a_failure_that_repeats_no_address(office: Office, command: str) -> None:
    done = office.run(command, "nobody@example.is", *SIGNED)
    assert done.exit_code == 1
    assert "Nothing is kept" in done.output and "nobody" not in done.output
    assert not {"forgotten", "exported"} & set(office.events())


def test_somebody_who_reads_holds_up_the_purge_and_is_told_of(office: Office) -> None:
    with closing(sqlite3.connect(office.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM requests").fetchone()
        done = office.run("forget", "jona@example.is", *SIGNED)
    assert done.exit_code == 0
    assert "may still be in the database's log" in done.stdout


def test_forms_not_read_yet_are_told_of(office: Office) -> None:
    digest = "d" * 32
    sealed = office.sealer.seal(b'{"x": "jona@example.is"}', f"delivery:form:{digest}")
    office.store.write(lambda tables: tables.deliveries.keep(Route.FORM, digest, sealed, NOW))
    done = office.run("forget", "jona@example.is", *SIGNED)
    assert "Forms that were not read yet, erased: 1." in done.stdout


# --- export -------------------------------------------------------------------------------------


def test_a_person_gets_what_is_kept(office: Office) -> None:
    done = office.run("export", "-", *SIGNED, typed="jona@example.is\n")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["requests"][0]["own_words"]["client_email"] == "jona@example.is"
    assert "Kvíði" in done.stdout and "anna" not in done.stdout
    assert told["kept"]["retention_days"] == 365
    assert set(told["recipients"]) == {"crm", "credits_platform", "mail_server"}
    assert office.events()[-1] == "exported"


def test_an_export_may_go_to_a_new_file_for_its_owner_only(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    done = office.run("export", "jona@example.is", *SIGNED, "--to", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["requests"][0]["reference"] == office.reference
    again = office.run("export", "jona@example.is", *SIGNED, "--to", str(file))
    assert again.exit_code == 1 and "cannot be written" in again.output


def test_no_file_is_left_where_nothing_is_found(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    assert office.run("export", "nobody@example.is", *SIGNED, "--to", str(file)).exit_code == 1
    assert not file.exists()
