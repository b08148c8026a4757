"""scrubadub with its default detectors: addresses, links, handles, some numbers; no names."""

import scrubadub

from bench.redaction.contenders.contender import Output, Redactor, without_spans
from bench.redaction.texts import Text


def make() -> Redactor:
    """A scrubber as it comes; every stretch it finds is cut."""
    scrubber = scrubadub.Scrubber()

    def redact(text: Text) -> Output:
        found = scrubber.iter_filth(text.plain)
        return Output(without_spans(text.plain, ((filth.beg, filth.end) for filth in found)))

    return redact
