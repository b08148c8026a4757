"""Commands for the keys that seal what is sensitive."""

from dataclasses import asdict
from pathlib import Path

import click

from casework.errors import CreditsDeskError
from commands.key_changes import KeyChanges, KeyState, Rotated
from commands.opening import as_json, open_all, plain_errors, print_json
from config import find_setting
from parts import is_sealed
from storage.keyset_file import KeysetFile
from storage.keysets import UNKNOWN_KEY
from storage.sealing import write_new_keyset

_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group()
def keys() -> None:
    """The keys that seal what is sensitive."""


@keys.command("new")
@_file
@click.option("--kms-key", default="", help="Wrap it with this key: gcp-kms://… or aws-kms://…")
def new_keys(file: Path, kms_key: str) -> None:
    """Write a new keyset to FILE, readable by you only. An existing file is never overwritten."""
    try:
        with plain_errors():
            write_new_keyset(file, kms_key)
    except FileExistsError:
        raise click.ClickException(f"{file} exists and stays as it is.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {file}. Keep a copy apart from the database: without it nothing opens.")
    database = find_setting("DATABASE_URL")
    if database and is_sealed(database()):
        click.echo(_OTHER_KEYS, err=True)


_OTHER_KEYS = (
    "WARNING: the database that DATABASE_URL names was made with other keys. Nothing in it opens "
    "with these, and the service does not start with both. For one more key of the same keyset run "
    "`desk keys rotate`; if its keyset is lost, look for a copy: docs/keys.md."
)


@keys.command("list")
@as_json
def list_keys(*, as_json: bool) -> None:
    """The keys, which one seals, and how many stored values need each."""
    with open_all() as opened:
        states = KeyChanges(*opened).look()
    if as_json:
        print_json([{**asdict(state), "values": state.values} for state in states])
    else:
        click.echo("\n".join(map(_tell, states)))


def _tell(state: KeyState) -> str:
    where = ", ".join(f"{number} in {table}" for table, number in state.needed_by.items())
    if state.id == UNKNOWN_KEY:
        return f"no key     what no key of ours has sealed: {where}"
    role = "seals" if state.primary else "opens" if state.in_file else "MISSING from the file"
    return f"{state.id:<10} {role}: {where or 'nothing needs it'}"


@keys.command("rotate")
@click.option("--only-add", is_flag=True, help="Only add a key, for machines with copies.")
@as_json
def rotate_keys(*, only_add: bool, as_json: bool) -> None:
    """Add a key to the keyset file and seal everything anew with it, while the service runs.

    What an earlier run has begun is finished instead. Exit status 1 where some values do not open.
    """
    with open_all() as opened:
        done = KeyChanges(*opened).rotate(only_add=only_add, quiet=as_json)
    if as_json:
        print_json(asdict(done))
    else:
        click.echo("\n".join(_tell_rotated(done)))
    if done.unopened:
        raise SystemExit(1)


def _tell_rotated(done: Rotated) -> list[str]:
    lines = [f"Key {done.key} was {'added' if done.added else 'there already'}."]
    if done.unopened:
        lines.append(
            f"{done.resealed} values were sealed anew. {done.unopened} DO NOT OPEN and stay as "
            "they are: `desk keys list` says in which tables. Keep the older keys."
        )
    elif done.finished:
        lines.append(
            f"{done.resealed} values were sealed anew; all is sealed with it. Once a backup from "
            "now is made, the older keys can go: `desk keys drop`."
        )
    else:
        lines.append("Copy the file to every machine, then run `desk keys rotate`.")
    if not done.purged:
        lines.append(_NOT_PURGED)
    return lines


_NOT_PURGED = (
    "What was sealed with older keys may stay in the database's own files and log for a while. It "
    "opens with nothing once those keys are dropped, and no copy of them is left."
)


@keys.command("drop")
@click.argument("key_id", type=int)
@as_json
def drop_key(key_id: int, *, as_json: bool) -> None:
    """Take the key KEY_ID out of the keyset file. What it has sealed never opens again.

    Refuses while anything in the database needs it. Backups from before the change need it too.
    """
    with open_all() as opened:
        purged = KeyChanges(*opened).drop(key_id, lambda text: click.echo(text, err=True))
    if as_json:
        print_json({"dropped": key_id, "purged": purged})
        return
    click.echo(
        f"Key {key_id} was dropped. Copy the file to every machine, and destroy the older copies: "
        "with them, backups from before still open."
    )
    if not purged:
        click.echo(_NOT_PURGED)


@keys.command("wrap")
@_file
@click.option("--kms-key", required=True, help="gcp-kms://… or aws-kms://…")
def wrap_keys(file: Path, kms_key: str) -> None:
    """Have a key service wrap the keyset in FILE: from now on the file alone opens nothing."""
    _rewrap(file, kms_key)
    click.echo(f"{file} is wrapped. Destroy the copies that are not, or rotate the keys.")


@keys.command("unwrap")
@_file
def unwrap_keys(file: Path) -> None:
    """Take the key service's wrapping off the keyset in FILE: the file alone opens everything."""
    _rewrap(file, "")
    click.echo(f"{file} is not wrapped any more: whoever has it can open everything.")


def _rewrap(file: Path, kms_key: str) -> None:
    keyset_file = KeysetFile(file)
    with plain_errors(), keyset_file.locked():
        keyset = keyset_file.read()
        if keyset.kms_key == kms_key:
            raise CreditsDeskError(f"{file} is so already, and stays as it is")
        keyset_file.write(keyset.wrapped_by(kms_key))
