"""A way for TCP out of a network that has none, by sockets in the file system.

Those lead from one network to another, as cables that no partition cuts: only the database is to be
beyond the partition, not the CRM. Started as ``relay.py listen|dial PORT SOCKET [PORT SOCKET …]``:
``listen`` on those ports of its own network, or ``dial`` them there.
"""

import asyncio
import sys
from contextlib import suppress


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def _serve(way: str, port: int, path: str) -> None:
    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            if way == "listen":
                far = await asyncio.open_unix_connection(path)
            else:
                far = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(_pass(reader, far[1]), _pass(far[0], writer))
        writer.close()

    if way == "listen":
        await asyncio.start_server(join, "127.0.0.1", port)
    else:
        await asyncio.start_unix_server(join, path)


async def _main(way: str, *pairs: str) -> None:
    for port, path in zip(pairs[::2], pairs[1::2], strict=True):
        await _serve(way, int(port), path)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
