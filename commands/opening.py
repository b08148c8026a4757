"""What the commands have in common: how they open things, and how they speak."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from bootstrap import open_log
from casework.errors import CreditsDeskError
from config import BadSettings, Config, read_config
from parts import open_store
from storage.sealing import TinkSealer
from storage.store import TableStore

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say what is wrong in one message, without a traceback."""
    try:
        yield
    except (BadSettings, CreditsDeskError) as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def open_all() -> Iterator[tuple[Config, TableStore, TinkSealer]]:
    """The settings, the store and its keys, for as long as the ``with`` lasts."""
    open_log(logging.WARNING)
    with plain_errors():
        config = read_config()
        store, sealer = open_store(config)
        try:
            yield config, store, sealer
        finally:
            store.close()


@contextmanager
def open_kept() -> Iterator[tuple[Config, TableStore]]:
    """The settings and the store."""
    with open_all() as (config, store, _):
        yield config, store


def print_json(data: Any) -> None:
    """Print JSON for scripts."""
    click.echo(json.dumps(data, indent=2))


@contextmanager
def show_progress(label: str, *, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error that follows ``done`` of ``all``."""
    with click.progressbar(length=1, label=f"{label:12}", file=sys.stderr, hidden=hidden) as bar:

        def show(done: int, all_: int) -> None:
            bar.length = max(all_, 1)
            bar.update(done - bar.pos)

        yield show
        show(1, 1)


def for_the_journal(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """Words for the journal, which is kept for ever and must hold nothing about anybody else."""
    if "@" in text or len(text) > 100 or not text.isprintable():
        raise click.BadParameter(
            "this is written into the journal and kept for ever: 100 characters at most, and no "
            "addresses"
        )
    return text


@contextmanager
def new_file(file: Path) -> Iterator[TextIO]:
    """A new file for its owner only; it is taken away again if nothing comes of it."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as target:
            yield target
    except BaseException:
        file.unlink(missing_ok=True)
        raise
