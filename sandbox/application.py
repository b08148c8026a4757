"""The Flask application: every interface and page on one port."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from sandbox.api import (
    association_batches,
    associations,
    batches,
    door,
    erasing,
    forms,
    inboxes,
    messages,
    objects,
    pipelines,
    properties,
    searching,
    threads,
)
from sandbox.api import credits as credits_platform
from sandbox.control import looking, mailing, staffing, steering
from sandbox.errors import ApiError
from sandbox.pages import board, organisation, site, staff_mail
from sandbox.parts import NAME, Parts
from sandbox.times import iso

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BLUEPRINTS = (
    associations.blueprint,
    association_batches.blueprint,
    erasing.blueprint,
    batches.blueprint,
    searching.blueprint,
    objects.blueprint,
    properties.blueprint,
    pipelines.blueprint,
    forms.blueprint,
    inboxes.blueprint,
    threads.blueprint,
    messages.blueprint,
    credits_platform.blueprint,
    site.blueprint,
    board.blueprint,
    staff_mail.blueprint,
    organisation.blueprint,
    looking.blueprint,
    mailing.blueprint,
    staffing.blueprint,
    steering.blueprint,
)


def serve_parts(parts: Parts) -> WSGIApplication:
    """The application around the parts of one sandbox."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return _application().wsgi_app(environ | {NAME: parts}, start_response)

    return answer


@functools.cache
def _application() -> Flask:
    """The routes, compiled once for all sandboxes of a process."""
    app = Flask("sandbox", static_folder="pages/static", template_folder="pages/templates")
    app.json = _PlainJson(app)
    app.add_template_filter(_moment, "moment")
    door.guard(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _explain)
    return app


class _PlainJson(DefaultJSONProvider):
    sort_keys = False
    compact = True


def _moment(at_ms: int) -> str:
    return iso(at_ms)[:16].replace("T", " ") + " UTC"


def _explain(error: HTTPException) -> ResponseReturnValue:
    if request.path.startswith((*door.HUBSPOT, *door.OPEN, *door.CREDITS)):
        refused = ApiError(error.code or 500, error.description or error.name, "NOT_FOUND")
        return jsonify(refused.body()), refused.status
    return error.get_response()
