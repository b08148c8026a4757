"""The self-test with an invented client."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from casework.canary import ORGANISATION
from casework.canary_looking import Looked, Sighting
from casework.canary_story import Awaited
from commands.canary_run import PLACES, CanaryRun, Ended
from commands.opening import as_json, open_all, print_json
from steady import wall_clock

#: What a run may take beside the pause before residue is swept, in seconds.
_PATIENCE = 300
_SEARCH_FOR = 15
_RED, _UNFINISHED = 1, 2


@click.command("canary")
@click.option(
    "--log",
    "logs",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A log file to look in as well. May be given again.",
)
@click.option("--professional", default="", help="Whose form it is; the mails go there.")
@click.option("--organisation", default=ORGANISATION, help="One without a standing rule.")
@click.option("--timeout", type=click.IntRange(1), help="Seconds to wait for the service.")
@click.option(
    "--search-for",
    type=click.IntRange(0),
    default=_SEARCH_FOR,
    show_default=True,
    help="Seconds in which searches are repeated: HubSpot's are some behind.",
)
@click.option("--skip", multiple=True, type=click.Choice(PLACES), help="A place not to look in.")
@as_json
def canary(
    logs: tuple[Path, ...],
    professional: str,
    organisation: str,
    timeout: int | None,
    search_for: int,
    skip: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Send an invented client through the form, and look for it wherever it must not be.

    The service has to run. Exit status 1: the client was found somewhere. Exit status 2: it did
    not come all the way, or a place could not be looked in.
    """
    with open_all() as (config, store, sealer):
        patience = timeout or _PATIENCE + config.residue_delay // 1000
        run = CanaryRun(config, store, sealer, logs, skip, patience, search_for, _say)
        run.check(organisation)
        ended = run.go(professional or f"professional@{config.canary_domain}", organisation)
        store.write(
            lambda tables: tables.journal.write(
                "canary", ended.reference, wall_clock(), found=len(ended.looked.leaks)
            )
        )
    if as_json:
        print_json(_as_data(ended, skip))
    else:
        click.echo("\n".join(_in_words(ended)))
    status = _status(ended)
    if status:
        raise SystemExit(status)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _status(ended: Ended) -> int:
    if ended.looked.leaks:
        return _RED
    return _UNFINISHED if ended.missing or ended.why or ended.looked.unseen else 0


_RESULTS = {0: "green", _RED: "red", _UNFINISHED: "unfinished"}


def _as_data(ended: Ended, skipped: tuple[str, ...]) -> dict[str, Any]:
    return {
        "result": _RESULTS[_status(ended)],
        "reference": ended.reference,
        "missing": ended.missing,
        "why": ended.why,
        "found": [asdict(sighting) for sighting in ended.looked.leaks],
        "left_by_the_form": [asdict(sighting) for sighting in ended.looked.expected],
        "not_looked_in": dict(ended.looked.unseen),
        "skipped": list(skipped),
        "withdrawn": ended.withdrawn,
    }


def _in_words(ended: Ended) -> list[str]:
    lines = [] if _status(ended) else ["Green: the invented client was found nowhere."]
    lines += [_MISSING[ended.missing]] if ended.missing else []
    lines += [ended.why] if ended.why else []
    lines += _of_looking(ended.looked)
    if not ended.withdrawn:
        lines.append(
            "The canary's ticket could not be withdrawn. Should there be one, or should one still "
            f"come ({ended.reference or 'of the organisation you named'}), move it to Withdrawn."
        )
    return lines


def _of_looking(looked: Looked) -> list[str]:
    lines = [f"FOUND in {_tell(sighting)}" for sighting in looked.leaks]
    lines += [f"NOT LOOKED IN: {place}: {why}" for place, why in looked.unseen.items()]
    lines += [f"Left by the form itself: {_tell(one)}" for one in looked.expected]
    return lines


def _tell(sighting: Sighting) -> str:
    return f"{sighting.place} ({sighting.written})"


_MISSING = {
    Awaited.TAKEN_IN: (
        "The form was taken, but the service has not taken the request in: no webhook came, and "
        "the list of submissions was not read, or does not show it. Does the service run, with "
        "this database? `desk status` says what fails. HubSpot may also have taken the form for "
        "spam: look under its submissions."
    ),
    Awaited.TICKET: "The request was taken in, but no ticket was made: see `desk status`.",
    Awaited.LISTED: (
        "The ticket is there, but HubSpot's list of submissions has not shown the request, so "
        "nothing was swept: see `desk status`."
    ),
    Awaited.SWEPT: (
        "The ticket is there, but what the form left on the professional's contact was not swept "
        "in time (RESIDUE_DELAY_SECONDS): see `desk status`."
    ),
    Awaited.SETTLED: "Notes or mails were still being written at the end: give more --timeout.",
}
