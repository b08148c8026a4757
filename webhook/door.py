"""The two doors. Each view is the list of its steps: verify, keep, answer."""

import logging
from collections.abc import Callable

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from casework.delivery_records import Route
from casework.errors import NotGenuine, NotKept
from casework.ports import Sealer
from casework.receive import keep_delivery
from casework.records import Store
from webhook.signatures import SignedRequest, Verifier

log = logging.getLogger(__name__)

#: The largest body taken, in bytes. A hundred events are about 40 kB.
LARGEST_BODY = 1_048_576

#: When to come again while nothing can be written down, in seconds.
_RETRY_AFTER = "30"


def make_door(
    *,
    verifier: Verifier,
    store: Store,
    sealer: Sealer,
    public_base_url: str,
    clock: Callable[[], int],
) -> Blueprint:
    """The blueprint with both doors and ``/health``. ``clock`` gives Unix milliseconds."""
    door = Blueprint("door", __name__)

    def accept(route: Route) -> Response:
        now = clock()
        body = _read_body(request)
        verifier.verify(_signed(request, body, public_base_url), now)
        keep_delivery(store, sealer, route, body, now)
        return Response(status=204)

    @door.post("/webhook/form")
    def form() -> Response:
        return accept(Route.FORM)

    @door.post("/webhook/crm")
    def crm() -> Response:
        return accept(Route.CRM)

    @door.get("/health")
    def health() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @door.errorhandler(NotGenuine)
    def not_genuine(error: NotGenuine) -> Response:
        """For the CRM a repeat is harmless; what a workflow lost, the submissions list brings."""
        log.warning("refused at %s: %s", request.path, error)
        return Response(status=401)

    @door.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> Response:
        return Response(status=413)

    @door.errorhandler(NotKept)
    def not_kept(error: NotKept) -> Response:
        """Both kinds of sender try again after a 503, but a workflow never after a 4xx."""
        log.error("could not keep a delivery at %s: %s", request.path, error)
        return Response(status=503, headers={"Retry-After": _RETRY_AFTER})

    return door


def _read_body(incoming: Request) -> bytes:
    """The raw body. Raises RequestEntityTooLarge above :data:`LARGEST_BODY`.

    A body that is sent in chunks says no length; werkzeug would silently cut it at the limit.
    """
    incoming.max_content_length = LARGEST_BODY + 1
    body = incoming.get_data()
    if len(body) > LARGEST_BODY:
        raise RequestEntityTooLarge
    return body


def _signed(incoming: Request, body: bytes, public_base_url: str) -> SignedRequest:
    """What the sender signed: the public address, whatever a proxy made of it on the way."""
    query = incoming.query_string.decode("latin-1")
    uri = public_base_url + incoming.path + (f"?{query}" if query else "")
    headers = {name.lower(): value for name, value in incoming.headers.items()}
    return SignedRequest(incoming.method, uri, body, headers)
