"""Faults, settings, and the form without its page."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.forms import submit_form
from sandbox.api.routes import read_json
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.settings import change_setting

blueprint = Blueprint("steering", __name__, url_prefix="/_sandbox")


@blueprint.post("/submit")
def submit() -> ResponseReturnValue:
    """Fill in the form: ``{"client_email": …, "email": …, …}``."""
    answers = {name: str(value) for name, value in read_json().items()}
    contact = submit_form(answers, "")
    return jsonify({"contact": contact.id, "submission": parts().submissions[-1].as_json()}), 201


@blueprint.get("/faults")
def faults() -> ResponseReturnValue:
    """What may still go wrong."""
    return jsonify(parts().faults.as_json())


@blueprint.post("/faults")
def add_fault() -> ResponseReturnValue:
    """Set a fault: ``{"kind", "times"?, "probability"?, "path"?, …}``; ``{}`` clears them all."""
    how = read_json()
    if not how:
        parts().faults.clear()
        return "", 204
    try:
        fault = parts().faults.add(str(how.pop("kind", "")), **how)
    except (TypeError, ValueError) as problem:
        raise ApiError(400, str(problem)) from None
    return jsonify(vars(fault)), 201


@blueprint.post("/settings")
def change_settings() -> ResponseReturnValue:
    """Change settings of the running sandbox by their names."""
    for name, given in read_json().items():
        try:
            change_setting(parts().settings, name, given)
        except ValueError as problem:
            raise ApiError(400, str(problem)) from None
    return "", 204
