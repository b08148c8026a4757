"""The command that copies a whole store from one database to another, of either engine."""

import logging
from functools import partial
from pathlib import Path

import click

from bootstrap import open_log
from commands.opening import as_json, plain_errors, print_json, show_progress
from config import find_setting
from setting_readers import DatabaseAddress, read_database
from storage.held_database import Hold
from storage.move import Moved, move
from storage.postgres_held import hold_postgres_to_fill, hold_postgres_to_read
from storage.sealing import TinkSealer
from storage.sqlite_held import hold_sqlite_to_fill, hold_sqlite_to_read

#: Before the name of a file, as curl has it.
_IN_FILE = "@"


def _read_address(
    _context: click.Context, _parameter: click.Parameter, text: str
) -> DatabaseAddress:
    """A database as DATABASE_URL names it, or a file that does. What came is never quoted."""
    if text.startswith(_IN_FILE):
        try:
            text = Path(text.removeprefix(_IN_FILE)).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise click.BadParameter(f"the file cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise click.BadParameter("the file is not text") from None
    try:
        return read_database(text)
    except ValueError as error:
        raise click.BadParameter(f"{error}; or @FILE, with such a line in it") from None


@click.command("move-database")
@click.argument("source", metavar="FROM", callback=_read_address)
@click.argument("target", metavar="TO", callback=_read_address)
@as_json
def move_database(source: DatabaseAddress, target: DatabaseAddress, *, as_json: bool) -> None:
    """Copy all that is kept from database FROM to database TO, while the service is stopped.

    Both are written as in DATABASE_URL: sqlite:///data/desk.db or
    postgresql://user:password@host/database. Whoever may list processes can read what stands on a
    command line, so give an address with a password as @FILE, a file with that one line; or leave
    the password out, and it is taken from PGPASSWORD or ~/.pgpass.

    FROM stays as it is. TO has to be empty; a file is made. Nothing of the service may use either:
    that is made sure of. The copy is read again from the beginning and compared; if anything
    goes wrong, the service does not start with it, and the command can be run again.

    With SEALING_KEYSET set as for the service, it is checked that what is sealed there opens.
    """
    open_log(logging.WARNING)
    with plain_errors():
        _refuse_same(source, target)
        with show_progress("Copying", hidden=as_json) as show:
            moved = move(_to_read(source), _to_fill(target), _find_sealer(), show)
    if as_json:
        print_json(_in_json(moved))
    else:
        click.echo("\n".join(_in_words(moved)))


def _refuse_same(source: DatabaseAddress, target: DatabaseAddress) -> None:
    """Where two files are one. Two addresses of one server's database are noticed there."""
    files = [address.file.resolve() for address in (source, target) if address.file]
    if source == target or (len(files) == 2 and _are_one(*files)):
        raise click.ClickException("FROM and TO are the same database. Nothing was changed.")


def _are_one(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def _to_read(address: DatabaseAddress) -> Hold:
    if address.file:
        return partial(hold_sqlite_to_read, address.file)
    return partial(hold_postgres_to_read, address.server)


def _to_fill(address: DatabaseAddress) -> Hold:
    if address.file:
        return partial(hold_sqlite_to_fill, address.file)
    return partial(hold_postgres_to_fill, address.server)


def _find_sealer() -> TinkSealer | None:
    keyset = find_setting("SEALING_KEYSET")
    return TinkSealer(keyset) if keyset else None


def _in_json(moved: Moved) -> dict[str, object]:
    return {
        "rows": moved.rows,
        "tables": {
            name: {"rows": table.rows, "digest": str(table)} for name, table in moved.tables.items()
        },
        "journal": {"lines": moved.tables["journal"].rows, "head": moved.head},
        "keys_checked": moved.keys_checked,
        "replaced": moved.replaced,
    }


def _in_words(moved: Moved) -> list[str]:
    lines = [f"{name:16} {table.rows:>9}" for name, table in moved.tables.items() if table.rows]
    lines.append(f"{moved.rows} rows are the same in both databases, read again and compared.")
    lines.append(f"The journal is whole: {moved.tables['journal'].rows} lines, head {moved.head}.")
    if moved.replaced:
        lines.append(
            f"{moved.replaced} texts held the character NUL, which PostgreSQL cannot keep; "
            "\ufffd stands for it now."
        )
    lines.append(
        "What is sealed there opens with the keys of SEALING_KEYSET."
        if moved.keys_checked
        else "Whether what is sealed there opens was not checked: SEALING_KEYSET is not set."
    )
    lines.append("Set DATABASE_URL to the new one and start the service. The old one is as it was.")
    return lines
