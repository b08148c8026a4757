"""The operators' commands: ``flask --app wsgi desk …``."""

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import click
from flask.cli import AppGroup

from bootstrap import clock, make_client, open_store
from casework import wording
from casework.errors import CreditsDeskError
from casework.work import Kind
from config import BadSettings, Config, read_config
from integrations.hubspot.objects import CRM_OBJECTS
from integrations.hubspot.setup import Finding, SetUpReport, set_up
from settings import env_example
from storage.ledger import LedgerEntry
from storage.sealing import write_new_keyset
from storage.sqlite import SqliteStore
from storage.tables import Tables

desk = AppGroup("desk", help="Credits Desk.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Say what is wrong in one message, without a traceback."""
    try:
        yield
    except (BadSettings, CreditsDeskError) as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _open() -> Iterator[tuple[Config, SqliteStore]]:
    with _plain_errors():
        config = read_config()
        store, _ = open_store(config)
        try:
            yield config, store
        finally:
            store.close()


def _print(data: Any) -> None:
    click.echo(json.dumps(data, indent=2))


@desk.group()
def keys() -> None:
    """The keys that seal what is sensitive."""


@keys.command("new")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new_keys(file: Path) -> None:
    """Write a new keyset to FILE, readable by you only. An existing file is never overwritten."""
    try:
        write_new_keyset(file)
    except FileExistsError:
        raise click.ClickException(f"{file} exists and stays as it is.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {file}. Keep a copy apart from the database: without it nothing opens.")


@desk.command("setup")
@as_json
def setup(as_json: bool) -> None:
    """Make the properties, the pipeline and its stages in HubSpot. May be run again."""
    with _plain_errors():
        config = read_config()
        report = set_up(
            make_client(config),
            CRM_OBJECTS[config.crm_object],
            config.crm_pipeline,
            config.crm_stages,
        )
    if as_json:
        _print({"ok": report.ok, **asdict(report)})
    else:
        _print_set_up(report)
    if not report.ok:
        raise SystemExit(1)


def _print_set_up(report: SetUpReport) -> None:
    for line in report.lines:
        id_ = f" ({line.id})" if line.id else ""
        click.echo(f"{line.finding:6} {line.what}{id_}")
        if line.finding is Finding.WRONG:
            click.echo(f"       {line.detail}")
    if report.ok:
        stages = ",".join(f"{stage}={id_}" for stage, id_ in report.stage_ids.items())
        click.echo(
            "\nTo bind the service to these by id, so that staff may rename them:\n"
            f"CRM_PIPELINE={report.pipeline_id}\nCRM_STAGES={stages}"
        )


@desk.command("status")
@as_json
def status(as_json: bool) -> None:
    """How much there is, and how it stands."""
    with _open() as (_, store):
        found = store.read(_count)
        failing = store.read(lambda tables: tables.work.find_failing())
    if as_json:
        _print({**found, "failing": [asdict(work) for work in failing]})
        return
    for heading, counts in found.items():
        parts = ", ".join(f"{name} {number}" for name, number in counts.items())
        click.echo(f"{heading:11} {parts or 'none'}")
    for work in failing:
        since = wording.moment(work.since)
        click.echo(f"{'failing':11} {work.kind} {work.number}, since {since}: {work.error}")


def _count(tables: Tables) -> dict[str, Mapping[str, int]]:
    return {
        "requests": tables.requests.count_by_stage(),
        "deliveries": tables.deliveries.count_by_outcome(),
        "waiting": tables.work.count_by_kind(),
        "parked": Counter(work.kind for work in tables.work.find_parked()),
    }


@desk.command("parked")
@as_json
def parked(as_json: bool) -> None:
    """Work given up on until somebody runs `desk retry`."""
    with _open() as (_, store):
        found = store.read(lambda tables: tables.work.find_parked())
    if as_json:
        _print([asdict(work) for work in found])
        return
    for work in found:
        since = wording.moment(work.parked_at)
        click.echo(f"{work.kind} {work.key}: {work.error} (since {since}, {work.attempts} tries)")
    if not found:
        click.echo("Nothing is parked.")


@desk.command("retry")
@click.argument("kind", type=click.Choice([*(kind.value for kind in Kind), "all"]))
@click.argument("key", default="")
def retry(kind: str, key: str) -> None:
    """Try parked work of KIND again: the one with KEY, or all of it."""

    def ask(tables: Tables) -> int:
        chosen = [
            work
            for work in tables.work.find_parked()
            if kind in ("all", work.kind) and key in ("", work.key)
        ]
        for work in chosen:
            tables.work.ask(work.kind, [work.key], clock())
            tables.journal.write("retried", "", clock(), kind=work.kind)
        return len(chosen)

    with _open() as (_, store):
        number = store.write(ask)
    click.echo(f"{number} to be tried again.")
    if not number:
        raise SystemExit(1)


@desk.group()
def ledger() -> None:
    """The embedded ledger, for credits that are entered by hand."""


@ledger.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", required=True, help="Your name; it is written in the journal.")
@click.option("--reason", required=True, help="Why; it is written in the journal.")
@click.option("--again", type=int, help="Write this earlier export once more.")
def export_ledger(file: Path, by: str, reason: str, again: int | None) -> None:
    """Write the credits to be entered by hand to FILE, as CSV.

    Each entry is in one export only. FILE holds clients' addresses: keep it to yourself and delete
    it once the credits are entered.
    """

    def take(tables: Tables) -> tuple[int, list[LedgerEntry]]:
        number = tables.ledger.take_for_export() if again is None else again
        entries = list(tables.ledger.find_export(number))
        for entry in entries:
            tables.journal.write(
                "revealed", entry.reference, clock(), by=by, reason=reason, export=number
            )
        return number, entries

    with _open() as (_, store), _new_file(file) as target:
        number, entries = store.write(take)
        _write_csv(target, number, entries)
    click.echo(f"Export {number}: {len(entries)} entries written to {file}.")


@contextmanager
def _new_file(file: Path) -> Iterator[TextIO]:
    """A new file for its owner only; it is taken away again if nothing comes of it."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as target:
            yield target
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _write_csv(target: TextIO, number: int, entries: list[LedgerEntry]) -> None:
    rows = csv.writer(target)
    rows.writerow(["export", "key", "reference", "client_email", "credits", "granted_on"])
    for entry in entries:
        client, day = _harmless(entry.client_email), wording.day(entry.granted_at)
        rows.writerow([number, entry.key, entry.reference, client, entry.credits, day])


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(tuple("=+-@＝＋－＠\t\r\n")) else text


@desk.command("env-example")
def print_env_example() -> None:
    """Print .env.example."""
    click.echo(env_example(), nl=False)
