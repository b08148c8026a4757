"""The entry point: ``gunicorn wsgi:app`` or ``granian --interface wsgi wsgi:app``.

For a server, ``app`` is the whole service, its workers started. For ``flask --app wsgi desk …`` it
only carries the commands, some of which are there to be run before any setting is right.
"""

import click
from flask import Flask
from flask.cli import FlaskGroup

from bootstrap import serve
from cli import desk


def _under_a_command() -> bool:
    """Whether Flask's command line loads us, for anything but its development server.

    Servers may have a command line made with click as well, so the context alone says nothing.
    """
    context = click.get_current_context(silent=True)
    if context is None or not isinstance(context.find_root().command, FlaskGroup):
        return False
    return context.info_name != "run"


app = Flask("credits_desk", static_folder=None) if _under_a_command() else serve()
app.cli.add_command(desk)
