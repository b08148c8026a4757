"""Two machines' worth of network on this one, and a partition between them.

Where :mod:`tests.cutting_proxy` answers for the other side, here nobody does: packets vanish, as
they do when a cable is pulled three rooms away. Needs root and Linux.
"""

import functools
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.last_will import last_will

# Whoever is asked for by this name of a network card is nobody: the packet is thrown away.
_NOBODY = "02:00:00:00:00:ff"
_CARD = "wire"


@dataclass(frozen=True)
class Network:
    """A network that only processes started in it are in. ``address`` is theirs."""

    name: str
    address: str
    card: str

    def command(self, *command: str) -> list[str]:
        """That command, to be started in this network. Its process keeps the number it is given.

        Without a command: what to put before one.
        """
        return ["ip", "netns", "exec", self.name, *command]


@dataclass(frozen=True)
class TwoNetworks:
    """Two networks with one wire between them, and none to anywhere else."""

    here: Network
    there: Network

    def partition(self) -> None:
        """Let every packet between them vanish. No connection is ended, and nobody is told."""
        _know(self.here, self.there.address, _NOBODY)
        _know(self.there, self.here.address, _NOBODY)

    def heal(self) -> None:
        """Let packets through again; connections go on where they were."""
        _know(self.here, self.there.address, self.there.card)
        _know(self.there, self.here.address, self.here.card)


@functools.cache
def can_make_networks() -> bool:
    """Whether this machine lets us."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        return False
    try:
        with two_networks():
            return True
    except subprocess.CalledProcessError:
        return False


@contextmanager
def two_networks() -> Iterator[TwoNetworks]:
    """Two fresh networks, healed; both are gone afterwards, also if we die.

    What was started in them has to be ended before.

    Raises:
        CalledProcessError: the machine does not let us.
    """
    token = secrets.token_hex(4)
    here = Network(f"desk-{token}-here", "10.201.0.1", "02:00:00:00:00:01")
    there = Network(f"desk-{token}-there", "10.201.0.2", "02:00:00:00:00:02")
    with ExitStack() as stack:
        for network in (here, there):
            _ip("netns", "add", network.name)
            stack.callback(_ip, "netns", "delete", network.name)
            stack.enter_context(last_will('ip netns delete "$1"', network.name))
        far_end = ("peer", "name", _CARD, "netns", there.name)
        _ip("-n", here.name, "link", "add", _CARD, "type", "veth", *far_end)
        for network in (here, there):
            _ip("-n", network.name, "link", "set", _CARD, "address", network.card)
            _ip("-n", network.name, "address", "add", f"{network.address}/30", "dev", _CARD)
            for card in ("lo", _CARD):
                _ip("-n", network.name, "link", "set", card, "up")
        networks = TwoNetworks(here, there)
        networks.heal()
        yield networks


def _know(network: Network, address: str, card: str) -> None:
    """Have all that goes from this network to ``address`` sent to that card, unasked."""
    entry = ("neighbour", "replace", address, "lladdr", card, "dev", _CARD, "nud", "permanent")
    _ip("-n", network.name, *entry)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
