"""Commands about how long things are kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import click

from casework import wording
from casework.hold import set_hold
from casework.retention import WHAT_TO_DO, Kept, find_all_kept
from casework.stages import MEANINGS, Stage
from commands.opening import as_json, for_the_journal, open_kept, print_json
from steady import wall_clock

_THINGS = {
    "request": "request",
    "waits": "request",
    "delivery": "delivery that was not read",
    "entry": "ledger entry",
    "unexported": "ledger entry",
}
#: Of each kind so many lines are printed; all of them with --json.
_MOST_PRINTED = 100


@click.command("retention")
@as_json
def retention(*, as_json: bool) -> None:
    """What was kept for RETENTION_DAYS: what will be erased when, and what is held back and why.

    Nothing is erased that staff were not told of a week before. It changes nothing.
    """
    now = wall_clock()
    with open_kept() as (config, store):
        days = config.retention_days
        found = store.read(lambda tables: find_all_kept(tables, now, days))
    if as_json:
        print_json({"retention_days": days, "old": [_as_json(kept) for kept in found]})
        return
    click.echo(f"Things are kept for {days} days.")
    for heading, some in _groups(found).items():
        click.echo(f"{heading}: {len(some)}")
        for kept in some[:_MOST_PRINTED]:
            click.echo(f"  {_line(kept)}")
        if len(some) > _MOST_PRINTED:
            click.echo(f"  and {len(some) - _MOST_PRINTED} more: desk retention --json")
    if not found:
        click.echo("Nothing is older than that, and nothing is on hold.")


def _as_json(kept: Kept) -> dict[str, object]:
    return {
        **asdict(kept),
        "state": _state(kept),
        "what_to_do": WHAT_TO_DO[kept.why] if kept.why else "",
    }


def _state(kept: Kept) -> str:
    if kept.why:
        return "held_back"
    return "due" if kept.erase_from is None else "announced"


_HEADINGS = {
    "announced": "Announced, to be erased",
    "due": "Due, and announced with the next digest",
    "held_back": "Held back",
}


def _groups(found: Sequence[Kept]) -> dict[str, list[Kept]]:
    states = Counter(_state(kept) for kept in found)
    return {
        heading: [kept for kept in found if _state(kept) == state]
        for state, heading in _HEADINGS.items()
        if states[state]
    }


def _line(kept: Kept) -> str:
    stage = MEANINGS[Stage(kept.stage)].label if kept.stage else _THINGS[kept.thing]
    parts = [kept.key, f"{stage}, {wording.day(kept.since)}"]
    if kept.why:
        parts.append(WHAT_TO_DO[kept.why])
    elif kept.erase_from is not None:
        parts.append(f"erased from {wording.day(kept.erase_from)} on")
    return "  ".join(parts)


@click.command("hold")
@click.argument("reference")
@click.option("--release", is_flag=True, help="It need not be kept any more.")
@click.option("--by", required=True, callback=for_the_journal, help="Your name or initials.")
@click.option("--reason", required=True, callback=for_the_journal, help="Why.")
def hold(reference: str, by: str, reason: str, *, release: bool) -> None:
    """Keep what is sealed of a request whatever its age, for a dispute or an audit.

    Until it is released neither `desk forget` nor its age erases it. The journal says who, and why.
    """
    with open_kept() as (_, store):
        set_hold(reference, on=not release, by=by, reason=reason, now=wall_clock(), store=store)
    click.echo(f"{reference} is {'not on hold any more' if release else 'on hold'}.")
