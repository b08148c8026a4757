"""Commands that tell what has gone wrong, or stayed behind, and what to do about it."""

from dataclasses import asdict

import click

from casework import wording
from casework.incidents import find_incidents
from casework.what_is_left import find_left
from commands.opening import as_json, open_kept, print_json

#: Every request leaves something behind, so that a list of all would grow without end.
_MOST = 1_000


@click.command("incidents")
@as_json
def incidents(*, as_json: bool) -> None:
    """Each time somebody could have been recognised, and until when an authority has to be told.

    An incident is no breach yet: most were stopped before anything left. Somebody has to judge.
    """
    with open_kept() as (_, store):
        found = store.read(find_incidents)
    if as_json:
        print_json([asdict(incident) for incident in found])
        return
    for incident in found:
        click.echo(f"{wording.moment(incident.at)}  {incident.reference}  {incident.where}")
        click.echo(f"  If it was a breach, tell the authority by {_by(incident.tell_by)}.")
        click.echo(f"  {incident.what_to_do}")
    if not found:
        click.echo("There was none.")


def _by(at: int) -> str:
    return f"{wording.moment(at)} (72 hours, GDPR article 33)"


@click.command("residue")
@click.argument("reference", default="")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=_MOST,
    show_default=True,
    help="How many to list, those seen first.",
)
@as_json
def residue(reference: str, most: int, *, as_json: bool) -> None:
    """What HubSpot's form has left of each request, or of the one with REFERENCE."""
    with open_kept() as (_, store):
        found = store.read(lambda tables: find_left(tables, reference, most))
    if as_json:
        print_json([asdict(left) for left in found])
        return
    for left in found:
        place = f"{left.place.value} {left.field}".rstrip()
        click.echo(f"{left.reference}  {place}  (seen {wording.day(left.seen_at)})")
        click.echo(f"  {left.what_to_do}")
    if not found:
        click.echo("Nothing is known to be left. What has not been swept yet is not listed.")
    if not reference and len(found) == most:
        click.echo(f"These are the {most} seen first; --most lists more.")
