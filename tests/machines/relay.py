"""A process that passes connections on. Started as one of::

    relay turn PORT OTHER …         one address for several servers, as a load balancer has it
    relay listen PORT SOCKET …      out of a network that has no way out,
    relay dial PORT SOCKET …        … and on to that port, in a network that has one

The last two meet in sockets of the file system. Those lead from one network to another, as cables
that no partition cuts: only the database is to be beyond it, not the CRM.
"""

import asyncio
import itertools
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from tests.running import HERE

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@contextmanager
def relay(*arguments: str, within: Sequence[str] = ()) -> Iterator[None]:
    """One that runs, in the network that ``within`` leads to."""
    with subprocess.Popen(
        [*within, sys.executable, "-m", "tests.machines.relay", *arguments],
        cwd=HERE,
        stdout=subprocess.PIPE,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield
        finally:
            process.kill()


def _joined(dial: Callable[[], Awaitable[Ends]]) -> Callable[..., Awaitable[None]]:
    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            far_reader, far_writer = await dial()
            await asyncio.gather(_pass(reader, far_writer), _pass(far_reader, writer))
        writer.close()

    return join


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def _serve(way: str, *words: str) -> None:
    if way == "turn":
        turns = itertools.cycle(map(int, words[1:]))
        dial = _joined(lambda: asyncio.open_connection("127.0.0.1", next(turns)))
        await asyncio.start_server(dial, "127.0.0.1", int(words[0]))
    for port, path in zip(words[::2], words[1::2], strict=True) if way != "turn" else ():
        await _bridge(way, int(port), path)
    print("ready", flush=True)
    await asyncio.Event().wait()


async def _bridge(way: str, port: int, path: str) -> None:
    if way == "listen":
        out = _joined(lambda: asyncio.open_unix_connection(path))
        await asyncio.start_server(out, "127.0.0.1", port)
    else:
        on = _joined(lambda: asyncio.open_connection("127.0.0.1", port))
        await asyncio.start_unix_server(on, path)


if __name__ == "__main__":
    asyncio.run(_serve(*sys.argv[1:]))
