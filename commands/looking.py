"""Commands that show how things stand, and let a person try again."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

import click

from casework import wording
from casework.verify import verify
from casework.work import Kind
from commands.opening import as_json, open_kept, print_json
from steady import wall_clock
from storage.tables import Tables

#: For so long what is done with is counted; older things would make the counting ever slower.
_COUNTED_DAYS = 30
_DAY = 86_400_000


@click.command("status")
@as_json
def status(as_json: bool) -> None:
    """How much there is, and how it stands.

    What is open or still to be read is counted in full; what is closed or was read, for the last
    30 days.
    """
    with open_kept() as (_, store):
        since = wall_clock() - _COUNTED_DAYS * _DAY
        found = store.read(lambda tables: count(tables, since))
        failing = store.read(lambda tables: tables.work.find_failing())
    if as_json:
        print_json(
            {**found, "counted_days": _COUNTED_DAYS, "failing": [asdict(work) for work in failing]}
        )
        return
    for heading, counts in found.items():
        parts = ", ".join(f"{name} {number}" for name, number in counts.items())
        click.echo(f"{heading:11} {parts or 'none'}")
    for work in failing:
        began = wording.moment(work.since)
        click.echo(f"{'failing':11} {work.kind} {work.number}, since {began}: {work.error}")
    click.echo(f"What is closed or read is counted for the last {_COUNTED_DAYS} days.")


def count(tables: Tables, since: int) -> dict[str, Mapping[str, int]]:
    """What there is of what, and how it stands; of what is done with only since then."""
    return {
        "requests": tables.requests.count_by_stage(since),
        "deliveries": tables.deliveries.count_by_outcome(since),
        "waiting": tables.work.count_by_kind(),
        "parked": Counter(work.kind for work in tables.work.find_parked()),
    }


@click.command("parked")
@as_json
def parked(as_json: bool) -> None:
    """Work given up on until somebody runs `desk retry`."""
    with open_kept() as (_, store):
        found = store.read(lambda tables: tables.work.find_parked())
    if as_json:
        print_json([asdict(work) for work in found])
        return
    for work in found:
        since = wording.moment(work.parked_at)
        click.echo(f"{work.kind} {work.key}: {work.error} (since {since}, {work.attempts} tries)")
    if not found:
        click.echo("Nothing is parked.")


@click.command("retry")
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
            tables.work.ask(work.kind, [work.key], wall_clock())
            tables.journal.write("retried", "", wall_clock(), kind=work.kind)
        return len(chosen)

    with open_kept() as (_, store):
        number = store.write(ask)
    click.echo(f"{number} to be tried again.")
    if not number:
        raise SystemExit(1)


@click.command("verify")
@as_json
def verify_command(*, as_json: bool) -> None:
    """Check the journal's chain, and the grants against it. Exit status 1 if anything is wrong.

    Write the number of lines and the chain value down elsewhere, now and then: a journal that was
    cut off at its end is whole in itself.
    """
    with open_kept() as (_, store):
        wrong = verify(store)
        lines, head = store.read(lambda tables: tables.journal.find_head())
    if as_json:
        print_json({"ok": not wrong, "wrong": list(wrong), "lines": lines, "head": head})
    else:
        click.echo("\n".join(wrong) or "The journal is whole, and the grants agree with it.")
        click.echo(f"{lines} lines, the last one's chain value is {head}.")
    if wrong:
        raise SystemExit(1)
