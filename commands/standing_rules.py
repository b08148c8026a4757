"""Commands for standing rules: what organisations agreed to once, so that nobody need be asked."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

from casework import wording
from casework.errors import CreditsDeskError
from casework.organisations import Company
from casework.rule_totals import Total, tell_totals
from casework.standing_rules import StandingRule, Terms
from commands.opening import as_json, for_the_journal, open_kept, print_json
from steady import wall_clock
from storage.tables import Tables

#: In milliseconds.
_DAY = 86_400_000
_credits = click.IntRange(1, 1_000_000)


@click.group()
def rules() -> None:
    """Standing rules: an organisation agrees once, and nobody need be asked about one person."""


@rules.command("set")
@click.argument("company_id")
@click.option("--pool", required=True, type=_credits, help="Credits a year, for all its clients.")
@click.option("--per-client", required=True, type=_credits, help="The most one client gets a year.")
@click.option("--automatic", required=True, type=_credits, help="The most one request gets.")
@click.option(
    "--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="A day, UTC. Default: today."
)
@click.option("--by", required=True, callback=for_the_journal, help="Your name.")
def set_rule(
    company_id: str, pool: int, per_client: int, automatic: int, start: datetime | None, by: str
) -> None:
    """Record what the company with COMPANY_ID in HubSpot agreed to, in the place of what was.

    It decides on requests that are submitted from now on, or from the day it begins.
    """
    now = wall_clock()
    begin = int(start.replace(tzinfo=UTC).timestamp() * 1000) if start else now // _DAY * _DAY
    with open_kept() as (_, store):
        rule = StandingRule(company_id, Terms(pool, per_client, automatic), begin, now, begin)
        company = store.write(lambda tables: _set(tables, rule, by, now))
    click.echo(f"{company.name} (record {company_id}): {_in_words(rule)}.")


def _set(tables: Tables, rule: StandingRule, by: str, now: int) -> Company:
    company = tables.companies.find([rule.company_id]).get(rule.company_id)
    if company is None:
        raise CreditsDeskError(
            "no company with this id was read from HubSpot; the service reads them every six hours"
        )
    tables.standing_rules.set(rule)
    facts = {**vars(rule.terms), "company": rule.company_id, "starts_at": rule.starts_at}
    tables.journal.write("rule_set", "", now, by=by, **facts)
    return company


@rules.command("end")
@click.argument("company_id")
@click.option("--by", required=True, callback=for_the_journal, help="Your name.")
def end_rule(company_id: str, by: str) -> None:
    """End the rule of a company. It is kept; later requests go for review."""

    def end(tables: Tables) -> bool:
        ended = tables.standing_rules.end(company_id, wall_clock())
        if ended:
            tables.journal.write("rule_ended", "", wall_clock(), company=company_id, by=by)
        return ended

    with open_kept() as (_, store):
        ended = store.write(end)
    if not ended:
        raise click.ClickException("There is no rule of this company to end.")
    click.echo("Ended. What is approved already stays approved.")


@rules.command("list")
@as_json
def list_rules(*, as_json: bool) -> None:
    """The terms of all rules. How much is used up shows only in the totals."""

    def look(tables: Tables) -> tuple[list[StandingRule], Mapping[str, Company]]:
        found = list(tables.standing_rules.find_all())
        return found, tables.companies.find([rule.company_id for rule in found])

    with open_kept() as (_, store):
        found, companies = store.read(look)
    names = {id_: company.name for id_, company in companies.items()}
    if as_json:
        print_json([_as_data(rule, names.get(rule.company_id)) for rule in found])
        return
    for rule in found:
        name = names.get(rule.company_id, "(no longer in HubSpot)")
        click.echo(f"{name} (record {rule.company_id}): {_in_words(rule)}")
    if not found:
        click.echo("There is none.")


def _as_data(rule: StandingRule, name: str | None) -> dict[str, Any]:
    return {
        "company_id": rule.company_id,
        "name": name,
        **vars(rule.terms),
        "starts_at": rule.starts_at,
        "ended_at": rule.ended_at,
    }


def _in_words(rule: StandingRule) -> str:
    terms = rule.terms
    ended = f", ended {wording.day(rule.ended_at)}" if rule.ended_at is not None else ""
    return (
        f"{terms.yearly_pool} credits a year, {terms.per_client} for one client, "
        f"{terms.automatic_up_to} for one request, from {wording.day(rule.starts_at)}{ended}"
    )


@rules.command("totals")
@click.argument("company_id")
@as_json
def rule_totals(company_id: str, *, as_json: bool) -> None:
    """The credits added under a rule, by quarter: all that the organisation may be told.

    A quarter with too few clients (SMALL_GROUP_ASK) is put together with the next ones.
    """
    with open_kept() as (config, store):
        totals = store.read(
            lambda tables: _tell(tables, company_id, wall_clock(), config.small_group_ask)
        )
    if as_json:
        print_json([_total_as_data(total) for total in totals])
        return
    for total in totals:
        credits_ = "not yet told" if total.credits is None else f"{total.credits} credits"
        click.echo(f"{total.first_day} to {total.last_day}: {credits_}")
    if not totals:
        click.echo("The rule has not begun.")


def _tell(tables: Tables, company_id: str, now: int, fewest: int) -> list[Total]:
    rule = tables.standing_rules.find(company_id)
    if rule is None:
        raise CreditsDeskError("there is no rule of this company")
    added = tables.standing_rules.find_added(company_id)
    return list(tell_totals(added, rule.told_from, now, fewest))


def _total_as_data(total: Total) -> dict[str, Any]:
    days = {"first_day": str(total.first_day), "last_day": str(total.last_day)}
    return {**days, "credits": total.credits}
