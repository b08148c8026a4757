"""Commands for after a restore: tickets in the CRM that no submission has claimed."""

from dataclasses import asdict

import click

from casework import wording
from casework.relink import drop_orphan
from commands.opening import as_json, for_the_journal, open_kept, print_json
from steady import wall_clock


@click.command("orphans")
@as_json
def orphans(*, as_json: bool) -> None:
    """Tickets that were opened before a restore, and that nobody here knows any more.

    What staff do with them has no effect. A new request for the same submission is at Needs
    attention, if there is one: look for it, and move one of the two to Withdrawn.
    """
    with open_kept() as (_, store):
        found = store.read(lambda tables: tables.orphans.find_all())
    if as_json:
        print_json([asdict(orphan) for orphan in found])
        return
    for orphan in found:
        seen = wording.moment(orphan.seen_at)
        click.echo(f"{orphan.reference}  ticket {orphan.ticket_id}  (seen {seen})")
    if not found:
        click.echo("There are none.")


@click.command("drop-orphan")
@click.argument("reference")
@click.option("--by", required=True, callback=for_the_journal, help="Your name.")
def drop_orphan_command(reference: str, by: str) -> None:
    """Record that somebody has dealt with an orphaned ticket. Nothing changes in the CRM."""
    with open_kept() as (_, store):
        store.write(lambda tables: drop_orphan(tables, reference, by, wall_clock()))
    click.echo(f"{reference} is not listed any more.")
