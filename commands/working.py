"""The command that does the work apart from any web server."""

import logging
import signal
import threading

import click

from bootstrap import make_service, open_log
from commands.opening import plain_errors
from config import read_config


@click.command("work")
def work() -> None:
    """Do the work, or stand by for whoever does, until it is told to stop (SIGTERM, Ctrl-C).

    Run it on as many machines as you like, beside web processes with RUN_WORKER=no. With SQLite
    all of them must be on the one machine that has the file.
    """
    open_log(logging.INFO)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    with plain_errors():
        service = make_service(read_config(), works=True)
        service.start()
    stopping.wait()
    service.stop()
