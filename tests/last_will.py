"""What is to be done if this process dies before it could clean up."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

# Its standard input ends when we do, however we end: the kernel closes it.
_WAIT = "while read -r _; do :; done; "


@contextmanager
def last_will(script: str, *arguments: str) -> Iterator[None]:
    """Have ``sh`` run ``script`` (with ``$1``, ``$2``, …) if we die within this block.

    Not the kernel's own signal for this (``PR_SET_PDEATHSIG``): that one comes when the *thread*
    that started a child ends, and may be any test's.
    """
    heir = subprocess.Popen(
        ["sh", "-c", _WAIT + script, "sh", *arguments],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        heir.kill()
        heir.communicate()
