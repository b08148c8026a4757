"""One family of errors, each of which says whether trying again can help.

::

    CreditsDeskError
    ├── NotGenuine              a delivery whose signature does not hold
    ├── Unreadable              outside data that cannot be understood
    ├── NotKept                 something could not be written down
    │   └── LaneLost            … because another process does this work now
    ├── Inconsistent            something must not be written beside what is there
    ├── Leak                    somebody could be recognised by what was about to leave
    ├── NotRedacted             a text could not be freed of what may identify somebody
    └── OutsideError            another service did not do what was asked
        ├── Unavailable         … now; trying again can help
        │   └── NotSetUp        … until an operator has run the set-up
        └── Refused             … and will not, however often it is asked
            ├── UnknownClient   the credits platform has no such client
            └── KeyConflict     the idempotency key was used for something else

A message names the service and the operation and never holds personal data, so every message may
be logged and kept.
"""


class CreditsDeskError(Exception):
    """The root. ``can_retry`` tells whether the same call may succeed later."""

    can_retry = False


class NotGenuine(CreditsDeskError):
    """A delivery's signature is missing, malformed, wrong, or not within five minutes of now."""


class Unreadable(CreditsDeskError):
    """Outside data could not be understood. The message says what was missing, never what came."""


class NotKept(CreditsDeskError):
    """Something could not be written down: disk full, database locked, away or closed.

    Where the connection broke while it was committed it may be there after all. Every change is
    made so that it may be asked for again.
    """

    can_retry = True


class LaneLost(NotKept):
    """Another process owns the lane now, so nothing of ours may be written any more."""

    def __init__(self) -> None:
        super().__init__("another process has taken over this lane; nothing was written")


class Inconsistent(CreditsDeskError):
    """What was to be written contradicts what is there, such as one ticket for two requests."""


class Leak(CreditsDeskError):
    """Somebody could be recognised by what was about to leave, so nothing was sent."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"stopped before it left ({where}): somebody could be recognised by it. Nothing was "
            "sent; look up the incident with `desk incidents`"
        )


class NotRedacted(CreditsDeskError):
    """A text could not be freed of what may identify somebody, so none of it may be shown."""


class OutsideError(CreditsDeskError):
    """Another service did not do what was asked.

    ``code`` is a short machine word such as ``503`` or ``PROPERTY_DOESNT_EXIST``.
    """

    def __init__(self, service: str, operation: str, code: str = "") -> None:
        self.service, self.operation, self.code = service, operation, code
        super().__init__(f"{service}: {operation}" + (f" ({code})" if code else ""))


class Unavailable(OutsideError):
    """The service cannot do it now. ``retry_after`` is in milliseconds, where it said so."""

    can_retry = True

    def __init__(
        self, service: str, operation: str, code: str = "", *, retry_after: int | None = None
    ) -> None:
        super().__init__(service, operation, code)
        self.retry_after = retry_after


class NotSetUp(Unavailable):
    """Something that the set-up makes is not there (yet)."""


class Refused(OutsideError):
    """The service understood and said no; the same call would get the same answer."""


class UnknownClient(Refused):
    """The credits platform knows no client with this address."""


class KeyConflict(Refused):
    """The idempotency key was used before with another body."""
