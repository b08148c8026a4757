"""Our own redaction, given what the service knows of the case."""

from bench.redaction.contenders.contender import Output, Redactor
from bench.redaction.texts import Text
from casework.identity import Identity
from casework.redaction import redact


def make() -> Redactor:
    """Our rules. A new identity for each text, as each text is of another case."""
    return _redact


def _redact(text: Text) -> Output:
    identity = Identity(text.client_email, text.client_name, text.professional_email)
    redacted = redact(text.plain, identity)
    hints = [hint.replace(" ", "_") for hint, times in redacted.indirect.items() if times]
    return Output(redacted.text, hints)
