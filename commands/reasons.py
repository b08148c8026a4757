"""Reasons that wait for a person to look at them before staff may read them."""

from functools import partial

import click

from casework.tell_reason import look_at_reason, release_reason
from commands.opening import as_json, for_the_journal, open_kept, print_json
from steady import wall_clock

_WHY = {
    "indirect": "it may still point to somebody",
    "small_group": "few people belong to the organisation, or it is not known how many",
    "policy": "REASON_ON_TICKET asks for a look at each",
    "not_redacted": "it could not be redacted, so it cannot be released",
}


@click.command("reason")
@click.argument("reference")
@click.option("--by", required=True, callback=for_the_journal, help="Your name or initials.")
@click.option("--release", is_flag=True, help="Put it on the ticket.")
@as_json
def reason_command(reference: str, by: str, *, release: bool, as_json: bool) -> None:
    """Look at a redacted reason that waits, and release it to the ticket with --release.

    What could identify somebody is cut out already: […]. Release it only if what is left points to
    nobody. Who looked and who released is written into the journal.
    """
    with open_kept() as (_, store):
        if release:
            now = wall_clock()
            store.write(partial(release_reason, reference=reference, by=by, now=now))
            click.echo(f"{reference}: goes on the ticket.")
            return
        held = look_at_reason(reference, by=by, now=wall_clock(), store=store)
    if as_json:
        print_json({"reference": held.reference, "text": held.text, "why": held.why})
        return
    click.echo(held.text or "(nothing that may be shown)")
    for word in held.why.split(", "):
        kind, _, detail = word.partition(": ")
        click.echo(f"  waits because {_WHY[kind]}" + (f" ({detail})" if detail else ""), err=True)
