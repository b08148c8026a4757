"""Commands for the beginning: the CRM, the list of settings."""

from dataclasses import asdict

import click

from casework.egress import GateBeforeAnything
from commands.opening import as_json, plain_errors, print_json
from config import read_config
from integrations.hubspot.objects import CRM_OBJECTS
from integrations.hubspot.setup import Finding, SetUpReport, set_up
from parts import make_client
from settings import env_example


@click.command("setup")
@as_json
def setup(as_json: bool) -> None:
    """Make the properties, the pipeline and its stages in HubSpot. May be run again."""
    with plain_errors():
        config = read_config()
        report = set_up(
            make_client(config, GateBeforeAnything()),
            CRM_OBJECTS[config.crm_object],
            config.crm_pipeline,
            config.crm_stages,
        )
    if as_json:
        print_json({"ok": report.ok, **asdict(report)})
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


@click.command("env-example")
def print_env_example() -> None:
    """Print .env.example."""
    click.echo(env_example(), nl=False)
