"""Commands of the embedded ledger."""

import csv
from pathlib import Path
from typing import TextIO

import click

from casework import wording
from commands.opening import for_the_journal, new_file, open_kept
from steady import wall_clock
from storage.ledger import LedgerEntry
from storage.tables import Tables


@click.group()
def ledger() -> None:
    """The embedded ledger, for credits that are entered by hand."""


@ledger.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", required=True, callback=for_the_journal, help="Your name.")
@click.option("--reason", required=True, callback=for_the_journal, help="Why.")
@click.option("--again", type=int, help="Write this earlier export once more.")
def export_ledger(file: Path, by: str, reason: str, again: int | None) -> None:
    """Write the credits to be entered by hand to FILE, as CSV.

    Each entry is in one export only. FILE holds clients' addresses: keep it to yourself and delete
    it once the credits are entered.
    """

    def take(tables: Tables) -> tuple[int, list[LedgerEntry]]:
        number = tables.ledger.take_for_export(wall_clock()) if again is None else again
        entries = list(tables.ledger.find_export(number))
        for entry in entries:
            tables.journal.write(
                "revealed", entry.reference, wall_clock(), by=by, reason=reason, export=number
            )
        return number, entries

    with open_kept() as (_, store), new_file(file) as target:
        number, entries = store.write(take)
        _write_csv(target, number, entries)
    click.echo(f"Export {number}: {len(entries)} entries written to {file}.")


def _write_csv(target: TextIO, number: int, entries: list[LedgerEntry]) -> None:
    rows = csv.writer(target)
    rows.writerow(["export", "key", "reference", "client_email", "credits", "granted_on"])
    for entry in entries:
        client, day = _harmless(entry.client_email) or "(erased)", wording.day(entry.granted_at)
        rows.writerow([number, entry.key, entry.reference, client, entry.credits, day])


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(tuple("=+-@＝＋－＠\t\r\n")) else text
