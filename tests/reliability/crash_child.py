"""The process that gets killed. Run as a module it is a fork server: one fresh child for each line.

Everything is imported before the first fork, and nothing here starts a thread, so a child costs a
few milliseconds. The child runs the story with the real parts, and counts the points at which it
might be killed: before and after every commit, before and after every call to another service. At
the point that it was told, it kills itself as a power cut would.
"""

import functools
import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hubspot import HubSpot

import bootstrap
import parts
from casework.lanes import LaneWorker
from casework.ports import Mail
from integrations.credits_api import HttpCreditsAccount
from integrations.hubspot.client import HubSpotClient
from integrations.mail import SmtpMailer
from storage.sqlite import SqliteStore
from tests.reliability.crash_story import Story

#: Not looked at when a point is named: who really asked is further up.
_OURS = {"write", "counted", "point", "attempt", "call"}


class Killer:
    """Counts the points, and ends the process at one of them."""

    def __init__(self, kill_at: int, told: Path) -> None:
        self.kill_at, self.told = kill_at, told
        self.count = 0
        self.last = "start"

    def point(self, name: str) -> None:
        """One more place where a process may end."""
        self.count += 1
        if self.count == self.kill_at:
            self.told.write_text(json.dumps({"point": name, "before": self.last}))
            os.kill(os.getpid(), signal.SIGKILL)
        self.last = name

    def around(self, name: str, call: Callable[[], Any]) -> Any:
        """Make the call, with a point before and one after it."""
        self.point(f"before {name}")
        result = call()
        self.point(f"after {name}")
        return result


def _who_asked() -> str:
    frame = sys._getframe(2)
    while frame.f_code.co_name in _OURS and frame.f_back:
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"


def count_everything(killer: Killer) -> None:
    """Put points around the store's writes and all that goes out."""
    write, attempt, send = SqliteStore.write, HubSpotClient.attempt, SmtpMailer.send
    grant, find_grant = HttpCreditsAccount.grant, HttpCreditsAccount.find_grant

    def counted_write(self: SqliteStore, change: Callable[[Any], Any]) -> Any:
        return killer.around(f"commit in {_who_asked()}", lambda: write(self, change))

    def counted_attempt(
        self: HubSpotClient, call: Any, send_once: Callable[[], Any], *rest: Any
    ) -> Any:
        again = functools.partial(killer.around, f"HubSpot: {call.operation}", send_once)
        return attempt(self, call, again, *rest)

    def counted_send(self: SmtpMailer, mail: Mail) -> None:
        killer.around(f"mail: {mail.kind}", lambda: send(self, mail))

    def counted_grant(self: HttpCreditsAccount, order: Any) -> Any:
        return killer.around("credits: grant", lambda: grant(self, order))

    def counted_find(self: HttpCreditsAccount, key: str) -> Any:
        return killer.around("credits: find", lambda: find_grant(self, key))

    for owner, name, counted in (
        (SqliteStore, "write", counted_write),
        (HubSpotClient, "attempt", counted_attempt),
        (SmtpMailer, "send", counted_send),
        (HttpCreditsAccount, "grant", counted_grant),
        (HttpCreditsAccount, "find_grant", counted_find),
    ):
        setattr(owner, name, counted)


def run_child(order: dict[str, Any]) -> None:
    """Play the story from where it stands, until the end or until killed."""
    folder = Path(order["folder"])
    logging.basicConfig(filename=folder / "service.log", level=logging.INFO)
    os.environ.clear()
    os.environ.update(order["environment"])
    killer = Killer(order["kill_at"], folder / "killed.json")
    count_everything(killer)
    # The story runs the rounds itself, one after the other, so that points have numbers.
    LaneWorker.start = lambda self: None  # type: ignore[method-assign]
    story = Story(folder, order["sandbox"])
    setattr(bootstrap, "SteadyClock", lambda: story.clock)  # noqa: B010 - not exported
    for module in (bootstrap, parts):
        module.wall_clock = story.clock  # type: ignore[attr-defined]
    story.play()
    (folder / "points.json").write_text(json.dumps(killer.count))


def serve() -> None:
    """For each line on standard input: fork, wait, and say how the child ended."""
    HubSpot()  # 40 MB of imports, once
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                run_child(order)
            except BaseException:  # noqa: BLE001 - the parent must hear of it
                (Path(order["folder"]) / "failed.txt").write_text(traceback.format_exc())
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve()
