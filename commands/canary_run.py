"""One flight of the canary: sent, waited for, looked for, and withdrawn at the end."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from casework.canary import Canary, answers_for, invent
from casework.canary_looking import Finder, Looked, Sighting, look_in
from casework.canary_story import (
    Awaited,
    Reached,
    check_organisation,
    how_far,
    is_withdrawn,
    withdraw,
)
from casework.disguises import Needles
from casework.errors import CreditsDeskError
from casework.request import CreditRequest
from casework.residue_records import Leftover
from commands.own_files import look_in_logs, look_in_store
from config import Config
from parts import make_client, make_desk, make_finder, make_form_door, make_gate
from steady import wall_clock
from storage.sealing import TinkSealer
from storage.store import TableStore

SEARCHED = ("contacts", "companies", "tickets", "deals", "notes", "emails", "tasks")
#: The places that can be left out, because an account has none or the app may not read them.
PLACES = (*SEARCHED, "ticket", "professional", "threads")

_PAUSE = 1.0
_LOOK_EVERY = 0.25
#: How long the service may take to see that the ticket was withdrawn, in seconds.
_WITHDRAWN_WITHIN = 15.0
#: Clocks may differ by so much, in milliseconds.
_CLOCKS_DIFFER = 300_000

Say = Callable[[str], None]


@dataclass
class Ended:
    """How it ended. ``missing`` is what did not happen in time; ``why`` what failed outright."""

    reference: str = ""
    missing: Awaited | None = None
    why: str = ""
    looked: Looked = field(default_factory=Looked)
    withdrawn: bool = False


class CanaryRun:
    """Sends one canary and looks for it."""

    def __init__(
        self,
        config: Config,
        store: TableStore,
        sealer: TinkSealer,
        logs: Sequence[Path],
        skip: Collection[str],
        patience: float,
        search_for: float,
        say: Say,
    ) -> None:
        """``patience`` and ``search_for`` are in seconds."""
        self._config, self._store, self._sealer = config, store, sealer
        self._logs, self._skip, self._say = logs, skip, say
        self._patience, self._search_for = patience, search_for
        self._gate = make_gate(store, sealer)

    def check(self, organisation: str) -> None:
        """Raise :class:`CreditsDeskError` where a canary must not or cannot be sent."""
        if not self._config.hubspot_portal_id:
            raise CreditsDeskError(
                "HUBSPOT_PORTAL_ID is missing, and there is no HUBSPOT_FORM_URL to tell it: a form "
                "cannot be sent without"
            )
        self._store.read(partial(check_organisation, organisation=organisation))

    def go(self, professional: str, organisation: str) -> Ended:
        """All of it. The ticket is withdrawn whatever happens in between."""
        canary, ended, began = invent(self._config.canary_domain), Ended(), wall_clock()
        try:
            self._send(canary, professional, organisation)
        except CreditsDeskError as error:
            ended.why, ended.withdrawn = f"The form was not taken: {error}.", True
            return ended
        try:
            reached = self._wait(canary)
            ended.missing = reached.awaited
            ended.reference = reached.request.reference if reached.request else ""
            # Before it has come all the way there is much that need not be there at the end.
            if reached.request and reached.awaited in (None, Awaited.SETTLED):
                ended.looked = self._look(canary, reached.request, professional, began)
        finally:
            self._clean_up(canary, ended)
        return ended

    def _send(self, canary: Canary, professional: str, organisation: str) -> None:
        answers = answers_for(canary, self._config.form_fields, professional, organisation)
        self._say("Sending the form …")
        make_form_door(self._config, self._gate).submit(answers)

    def _wait(self, canary: Canary) -> Reached:
        """Until it has come all the way, or patience is at an end."""
        until, said = time.monotonic() + self._patience, None
        while True:
            reached = self._how_far(canary)
            if reached.awaited is None or time.monotonic() > until:
                return reached
            if reached.awaited is not said:
                said = reached.awaited
                self._say(_WAITING[said])
            time.sleep(_LOOK_EVERY)

    def _how_far(self, canary: Canary) -> Reached:
        return self._store.read(partial(how_far, sealer=self._sealer, client_email=canary.email))

    def _look(
        self, canary: Canary, request: CreditRequest, professional: str, began: int
    ) -> Looked:
        needles, ticket_id = canary.needles(), request.ticket_id or ""
        finder = make_finder(self._config, self._store, self._sealer, request.reference)
        self._say("Looking in our own files …")
        looked = look_in_store(self._config.database().file, self._store, needles)
        looked = looked.then(look_in_logs(self._logs, needles))
        looked = looked.then(self._left(request.reference))
        looked = looked.then(self._search(finder, canary, needles))
        places = {
            "ticket": partial(finder.read_ticket, ticket_id),
            "professional": partial(finder.read_professional, professional),
            "threads": partial(finder.read_threads, ticket_id, began - _CLOCKS_DIFFER),
        }
        for place, read in places.items():
            if place not in self._skip:
                self._say(f"Looking in HubSpot: {place} …")
                looked = looked.then(look_in(place, read, needles))
        return looked

    def _search(self, finder: Finder, canary: Canary, needles: Needles) -> Looked:
        """Again and again, since what was written lately is not found at once."""
        kinds = [kind for kind in SEARCHED if kind not in self._skip]
        self._say(f"Searching HubSpot: {', '.join(kinds)} …")
        until, looked = time.monotonic() + self._search_for, Looked()
        while True:
            # What could not be read before may have been read now.
            looked = Looked(looked.leaks, looked.expected)
            for kind in kinds:
                read = partial(finder.search, kind, canary.words)
                looked = looked.then(look_in(kind, read, needles))
            if time.monotonic() > until:
                return looked
            time.sleep(_PAUSE)

    def _left(self, reference: str) -> Looked:
        """What the sweep has listed of what the form leaves."""
        found: Sequence[Leftover] = self._store.read(
            lambda tables: tables.residue.find([reference])
        )
        told = (f"{one.place.value} {one.field}".rstrip() for one in found)
        return Looked(expected=[Sighting(place, "see `desk residue`") for place in told])

    def _clean_up(self, canary: Canary, ended: Ended) -> None:
        """Withdraw the ticket, and wait until the service knows."""
        reached = self._how_far(canary)
        if reached.request is None:
            return
        ended.reference = reference = reached.request.reference
        self._say("Withdrawing the canary's ticket …")
        desk = make_desk(self._config, make_client(self._config, self._gate))
        try:
            if not withdraw(reference, wall_clock(), store=self._store, desk=desk):
                return
        except CreditsDeskError as error:
            self._say(f"It could not be withdrawn: {error}")
            return
        until = time.monotonic() + _WITHDRAWN_WITHIN
        while time.monotonic() < until and not ended.withdrawn:
            ended.withdrawn = self._store.read(partial(is_withdrawn, reference=reference))
            time.sleep(_LOOK_EVERY)


_WAITING: Mapping[Awaited, str] = {
    Awaited.TAKEN_IN: "Waiting until the service has taken it in …",
    Awaited.TICKET: "Taken in. Waiting for the ticket …",
    Awaited.LISTED: "The ticket is there. Waiting until the list of submissions shows it …",
    Awaited.SWEPT: "Waiting until what the form left is swept …",
    Awaited.SETTLED: "Waiting for notes and mails …",
}
