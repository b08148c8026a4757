"""Commands against disaster: a copy of the database, and the way back from one."""

import logging
import re
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from bootstrap import open_log
from casework.errors import Inconsistent, Unreadable
from casework.relink import begin_relinking
from casework.verify import verify
from casework.wording import moment
from casework.worker import LANES
from commands.opening import as_json, open_kept, plain_errors, print_json, show_progress
from config import Config, read_config
from steady import wall_clock
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.sqlite_backup import Contents, copy_online, examine
from storage.sqlite_restore import taking_its_place
from storage.store import TableStore
from storage.whole_files import whole_file

#: The name of a backup in a folder, and of one that is being written there.
_NAME, _UNFINISHED = "desk-{:%Y-%m-%dT%H%M%S}Z.db", ".desk-backup.unfinished"
_NAMED_SO = re.compile(r"desk-\d{4}-\d\d-\d\dT\d{6}Z\.db")

_POSTGRESQL = (
    "DATABASE_URL names a PostgreSQL database, which has better means of its own: pg_basebackup "
    "with WAL archiving, pgBackRest, your provider's point-in-time recovery, or pg_dump. After "
    "restoring with one of them, and before the service is started, run `desk restored`. See "
    "docs/backups.md"
)

#: Whatever else is in the file, this is not.
_NO_KEYS = (
    "The keys are not in it: keep the keyset apart from it. Whoever is forgotten from now on is "
    "still in it, sealed, until you delete it."
)

#: What a restore cannot know, and what to do about it.
_NEXT = [
    (
        "Whoever asked to be forgotten after that time is known here again: run `desk forget` for "
        "them again."
    ),
    (
        "Standing rules, released reasons and settled reversals that were entered after that time "
        "are to be entered again."
    ),
    (
        "Then start the service. What came in since is read from HubSpot, and no credits are added "
        "twice. A mail that went out since may go out again."
    ),
    (
        "Once it has run for a few minutes, look at `desk orphans`: tickets opened since that no "
        "submission has claimed."
    ),
]

_LEDGER = (
    "Credits that were exported from the ledger after that time will be in the next export again: "
    "before anybody enters them, compare their keys with the last files."
)

_even_if_broken = click.option(
    "--even-if-broken",
    is_flag=True,
    help="Go on although the journal is not whole, or the grants do not agree with it.",
)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--keep", type=click.IntRange(min=1), help="Keep the newest so many; FILE must be a folder."
)
@as_json
def backup_command(file: Path, keep: int | None, *, as_json: bool) -> None:
    """Copy the database into the new FILE while the service runs, and check the copy.

    Where FILE is a folder, the copy gets a name with the time in it. The keys are not in the copy:
    keep the keyset apart from it. Exit status 1 as well if there is a copy, but its journal is not
    whole, so that somebody looks.
    """
    if keep and not file.is_dir():
        raise click.UsageError("--keep needs FILE to be a folder that is there.")
    target = file / _NAME.format(datetime.now(UTC)) if file.is_dir() else file
    open_log(logging.WARNING)
    with plain_errors():
        contents = _back_up(read_config(), target, hidden=as_json)
    removed = _remove_older(file, keep) if keep else []
    if as_json:
        told = {"file": str(target), "bytes": target.stat().st_size, **asdict(contents)}
        print_json({"ok": contents.broken_at is None, **told, "removed": removed})
    else:
        click.echo("\n".join(_tell_backup(target, contents, removed)))
    if contents.broken_at is not None:
        raise SystemExit(1)


def _back_up(config: Config, target: Path, *, hidden: bool) -> Contents:
    database, sealer = _sqlite_file(config), TinkSealer(config.keyset())
    with (
        whole_file(target, target.with_name(_UNFINISHED)) as unfinished,
        show_progress("copying", hidden=hidden) as show,
    ):
        copy_online(database, unfinished, show)
        return examine(unfinished, sealer)


def _remove_older(folder: Path, keep: int) -> list[str]:
    """Remove our backups in this folder, but for the newest. Their names sort by time."""
    ours = sorted(file for file in folder.iterdir() if _NAMED_SO.fullmatch(file.name))
    for file in ours[:-keep]:
        file.unlink()
    return [file.name for file in ours[:-keep]]


def _tell_backup(target: Path, contents: Contents, removed: Sequence[str]) -> list[str]:
    lines = [f"{target}: whole, {target.stat().st_size} bytes.", *_tell_contents(contents)]
    if contents.broken_at is not None:
        lines.append(
            f"BUT its journal breaks at line {contents.broken_at}, and so does the database's: "
            "that line, or one before it, was changed. Keep your older backups, and look into it."
        )
    lines += [f"Removed: {', '.join(removed)}."] if removed else []
    return [*lines, _NO_KEYS]


def _tell_contents(contents: Contents) -> list[str]:
    held = ", ".join(f"{table} {number}" for table, number in contents.counts.items() if number)
    return [
        f"It holds: {held or 'nothing'}.",
        f"{contents.lines} lines of the journal, the last of {_last(contents)}.",
        f"The chain value of that line is {contents.head}.",
    ]


def _last(contents: Contents) -> str:
    return "never" if contents.last_at is None else moment(contents.last_at)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_even_if_broken
@as_json
def restore_command(file: Path, *, even_if_broken: bool, as_json: bool) -> None:
    """Check FILE, and copy it to where DATABASE_URL says. FILE is not changed.

    FILE is what `desk backup` wrote, or what Litestream restored. Nothing is overwritten, and the
    service must not be running.
    """
    open_log(logging.WARNING)
    with plain_errors():
        config = read_config()
        database, sealer = _sqlite_file(config), TinkSealer(config.keyset())
        with show_progress("copying", hidden=as_json) as show:
            copying = taking_its_place(file, database, LANES, show)
            with copying as unfinished:
                contents = examine(unfinished, sealer)
                with closing(SqliteStore(unfinished, sealer)) as store:
                    _mark_restored(store, even_if_broken=even_if_broken)
    if as_json:
        print_json(
            {"ok": True, "database": str(database), **asdict(contents), "next": _what_next(config)}
        )
    else:
        click.echo(f"{database} is in its place.")
        click.echo("\n".join([*_tell_contents(contents), *_tell_next(contents.last_at, config)]))


@click.command("restored")
@_even_if_broken
@as_json
def restored_command(*, even_if_broken: bool, as_json: bool) -> None:
    """Check a database that was restored by other means, and make it ready to go on.

    For PostgreSQL, and for a file that was put in its place by hand. Run it once, before the
    service is started. `desk restore` does all of it by itself.
    """
    with open_kept() as (config, store), ExitStack() as lanes:
        if not all(lanes.enter_context(store.own_lane(lane))() for lane in LANES):
            raise Inconsistent("a service is running on this database: stop it first")
        lines, head = store.read(lambda tables: tables.journal.find_head())
        last_at = store.read(lambda tables: tables.journal.find_last_time())
        if last_at is None:
            raise Inconsistent("this database is empty: nothing was restored to it")
        _mark_restored(store, even_if_broken=even_if_broken)
    if as_json:
        told = {"lines": lines, "head": head, "last_at": last_at}
        print_json({"ok": True, **told, "next": _what_next(config)})
    else:
        click.echo(f"{lines} lines of the journal; the last one's chain value is {head}.")
        click.echo("\n".join(_tell_next(last_at, config)))


def _mark_restored(store: TableStore, *, even_if_broken: bool) -> None:
    """Check the journal, and see to it that what came in since is found again."""
    wrong = verify(store)
    if wrong and not even_if_broken:
        raise Unreadable(
            "; ".join(wrong) + ". Nothing was changed: take an older backup, or give "
            "--even-if-broken"
        )
    now = wall_clock()
    store.write(lambda records: begin_relinking(records, now))


def _what_next(config: Config) -> list[str]:
    return _NEXT if config.credits_api_url else [_LEDGER, *_NEXT]


def _tell_next(last_at: int | None, config: Config) -> list[str]:
    since = "It knows nothing yet" if last_at is None else f"It knows all until {moment(last_at)}"
    return [f"{since}. What to do next:", *(f"- {line}" for line in _what_next(config))]


def _sqlite_file(config: Config) -> Path:
    """The database's file, where it is one."""
    file = config.database().file
    if file is None:
        raise click.ClickException(_POSTGRESQL)
    return file
