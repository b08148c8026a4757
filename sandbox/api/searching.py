"""``POST …/search``. Its limit and lag are its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.objects import PATHS
from sandbox.api.routes import read_json, refuse_others, serve
from sandbox.crm.object_types import ObjectType
from sandbox.crm.search import search_records
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.times import now_ms

MAX_BODY = 3_000
blueprint = Blueprint("searching", __name__)
refuse_others(blueprint)


@serve(blueprint, "POST", PATHS, "/search")
def search(kind: ObjectType) -> ResponseReturnValue:
    """Records as search knows them, which is not yet as they are."""
    if len(request.get_data(as_text=True)) > MAX_BODY:
        raise ApiError(400, f"The request is longer than {MAX_BODY} characters")
    asked = read_json()
    as_of_ms = now_ms() - parts().settings.search_lag_ms
    page = search_records(parts().account, kind, asked, as_of_ms)
    names = list(asked.get("properties") or [])
    body: dict[str, Any] = {
        "total": page.total,
        "results": [hit.record.as_json(names, None, hit.values) for hit in page.hits],
    }
    if page.after:
        body["paging"] = {"next": {"after": page.after}}
    return jsonify(body)
