"""One view under both of HubSpot's path styles, version 3 and dated."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.crm.object_types import read_object_type
from sandbox.errors import ApiError
from sandbox.parts import parts

VERSIONS = ("2025-09", "2026-03", "2026-09")
View = Callable[..., ResponseReturnValue]


def serve(
    blueprint: Blueprint, method: str, paths: tuple[str, ...], rest: str = ""
) -> Callable[[View], View]:
    """Serve a view at each of ``paths`` + ``rest``, alone with the account.

    A path's ``version`` is checked and taken away, its object types become ``ObjectType``.
    """

    def register(view: View) -> View:
        @functools.wraps(view)
        def alone(**values: Any) -> ResponseReturnValue:
            version = values.pop("version", None)
            if version is not None and version not in VERSIONS:
                raise ApiError(404, f"There is no version {version}", "NOT_FOUND")
            for name in ("kind", "other_kind"):
                if name in values:
                    values[name] = read_object_type(values[name])
            with parts().account.lock:
                return view(**values)

        for number, path in enumerate(paths):
            endpoint = f"{view.__name__}_{number}"
            blueprint.add_url_rule(path + rest, endpoint, alone, methods=[method])
        return view

    return register


def refuse_others(blueprint: Blueprint) -> None:
    """Serve only what is kept in the CRM itself, which a conversation is not."""

    def refuse() -> None:
        name = str((request.view_args or {}).get("kind"))
        if not read_object_type(name).in_crm:
            raise ApiError(400, f"Unable to infer object type from: {name}")

    blueprint.before_request(refuse)


def read_json() -> dict[str, Any]:
    """The request's body. Raises ``ApiError`` 400 unless it is a JSON object."""
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise ApiError(400, "Invalid input JSON: expected an object")
    return body


def read_names(argument: str) -> list[str]:
    """Names from a query parameter, whether repeated or joined by commas."""
    given = request.args.getlist(argument)
    return [name for part in given for name in part.split(",") if name]
