"""Commands that compare, and mend what people have to mend."""

from dataclasses import asdict
from datetime import UTC, datetime

import click

from casework import wording
from casework.backfill import backfill
from casework.egress import Gate
from casework.guard_texts import TextGuard
from casework.reconcile import (
    Progress,
    Report,
    reconcile_grants,
    reconcile_stages,
    reconcile_submissions,
    reconcile_tickets,
    reopen,
)
from commands.opening import (
    as_json,
    for_the_journal,
    open_all,
    open_kept,
    print_json,
    show_progress,
)
from config import Config
from integrations.hubspot.client import HubSpotClient
from parts import make_account, make_client, make_desk, make_gate, make_rules, make_submissions
from steady import wall_clock
from storage.sealing import TinkSealer
from storage.store import TableStore
from storage.tables import Tables

DIRECTIONS = ("submissions", "stages", "tickets", "grants")


@click.command("reconcile")
@click.option("--only", type=click.Choice(DIRECTIONS), help="One direction instead of all four.")
@as_json
def reconcile(only: str | None, *, as_json: bool) -> None:
    """Compare the form's submissions, the tickets and the credits platform with what we know.

    Heals what is safe to heal, and lists everything found. May be run beside the service.
    """
    # What became of the tickets is seen by reading their stages.
    needed = {only, "stages"} if only == "tickets" else {only} if only else set(DIRECTIONS)
    chosen = [direction for direction in DIRECTIONS if direction in needed]
    with open_all() as (config, store, sealer):
        reports = [_reconcile(each, config, store, sealer, quiet=as_json) for each in chosen]
    if as_json:
        print_json([asdict(report) for report in reports])
        return
    for report in reports:
        click.echo(f"{report.direction}: {report.compared} compared, {len(report.findings)} found")
        for finding in report.findings:
            click.echo(f"  {finding.what} {finding.reference} {finding.detail}".rstrip())


def _reconcile(
    direction: str, config: Config, store: TableStore, sealer: TinkSealer, *, quiet: bool
) -> Report:
    gate, now = make_gate(store, sealer), wall_clock()
    client = make_client(config, gate)
    with show_progress(direction, hidden=quiet) as progress:
        match direction:
            case "submissions":
                submissions = make_submissions(config, client, sealer)
                return reconcile_submissions(
                    now, store=store, sealer=sealer, submissions=submissions, progress=progress
                )
            case "stages":
                return _reconcile_stages(config, store, client, gate, progress)
            case "tickets":
                return reconcile_tickets(now, store=store)
            case _:
                account = make_account(config, store)
                return reconcile_grants(now, store=store, account=account, progress=progress)


def _reconcile_stages(
    config: Config, store: TableStore, client: HubSpotClient, gate: Gate, progress: Progress
) -> Report:
    desk, rules = make_desk(config, client), make_rules(config)
    guard = TextGuard(store, desk, gate)
    return reconcile_stages(
        wall_clock, store=store, desk=desk, rules=rules, look_at=guard.look_at, progress=progress
    )


@click.command("backfill")
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%d"]), help="A day, UTC.")
@click.option("--open-tickets", is_flag=True, help="Make tickets, for staff to decide on.")
@as_json
def backfill_command(since: datetime, *, open_tickets: bool, as_json: bool) -> None:
    """Read in what was submitted since a day before the service was first started.

    It is only made known: no ticket, no mail, no credits, unless --open-tickets asks for tickets.
    """
    begin = int(since.replace(tzinfo=UTC).timestamp() * 1000)
    now = wall_clock()
    with (
        open_all() as (config, store, sealer),
        show_progress("backfill", hidden=as_json) as progress,
    ):
        client = make_client(config, make_gate(store, sealer))
        made = backfill(
            begin,
            now,
            store=store,
            sealer=sealer,
            submissions=make_submissions(config, client, sealer),
            open_tickets=open_tickets,
            progress=lambda reached: progress(now - max(reached, begin), now - begin),
        )
    if as_json:
        print_json({"made": made})
    else:
        click.echo(f"{made} submissions read in that were not known.")


@click.command("reopen")
@click.argument("reference")
def reopen_command(reference: str) -> None:
    """Give a request whose ticket was deleted or merged away a new ticket."""
    with open_kept() as (_, store):
        store.write(lambda tables: reopen(tables, reference, wall_clock()))
    click.echo(f"{reference} gets a new ticket.")


@click.command("reversals")
@as_json
def reversals(*, as_json: bool) -> None:
    """Credits that perhaps should be taken back, because staff moved the ticket on."""
    with open_kept() as (_, store):
        found = store.read(lambda tables: tables.reversals.find_open())
    if as_json:
        print_json([asdict(reversal) for reversal in found])
        return
    for reversal in found:
        since = wording.moment(reversal.proposed_at)
        click.echo(f"{reversal.reference}: {reversal.credits} credits (since {since})")
    if not found:
        click.echo("None is proposed.")


@click.command("settle-reversal")
@click.argument("reference")
@click.argument("outcome", type=click.Choice(["taken-back", "kept"]))
@click.option("--by", required=True, callback=for_the_journal, help="Your name.")
def settle_reversal(reference: str, outcome: str, by: str) -> None:
    """Record what you did about a proposed reversal. Credits are taken off in the platform."""

    def settle(tables: Tables) -> bool:
        settled = tables.reversals.settle(reference, outcome, wall_clock())
        if settled:
            now = wall_clock()
            tables.journal.write("reversal_settled", reference, now, outcome=outcome, by=by)
        return settled

    with open_kept() as (_, store):
        settled = store.write(settle)
    if not settled:
        raise click.ClickException(f"No reversal is proposed for {reference}.")
    click.echo(f"{reference}: {outcome}.")
