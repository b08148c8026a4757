"""Kill the process at every write and every outside call of the story, one point a run.

``make crash-matrix`` runs all points and prints a table; the tests run every so-many-th.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.objects import TICKET as OUR_TICKET
from integrations.hubspot.setup import set_up
from sandbox.crm.object_types import CONTACT, NOTE, TICKET
from sandbox.server import Sandbox, start_sandbox
from sandbox.settings import SandboxSettings
from storage.sealing import write_new_keyset
from tests.fakes.open_gate import OpenGate
from tests.reliability.crash_story import AMOUNT, FIRST, SECOND
from tests.reliability.journal_and_identity import (
    rows,
    words_found,
    wrong_in_journal,
    wrong_in_work,
)
from tests.running import HERE, make_settings

KILLED = -9


@dataclass(frozen=True)
class Outcome:
    """What came of killing at one point; no point where the story had ended before."""

    number: int
    point: str | None
    mails_repeated: int
    wrong: list[str]
    seconds: float


class Matrix:
    """A sandbox, and a server of children that kill themselves."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder, self.sandbox = folder, sandbox
        self._keyset = folder / "keyset.json"
        write_new_keyset(self._keyset)
        set_up(
            HubSpotClient(lambda: sandbox.settings.access_token, sandbox.url, gate=OpenGate()),
            OUR_TICKET,
        )
        self._children = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.crash_child"],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the server of children."""
        if self._children.stdin and self._children.stdout:
            self._children.stdin.close()
            self._children.stdout.close()
        self._children.wait(10)

    def count_points(self) -> int:
        """How many points the undisturbed story has."""
        folder = self._fresh()
        assert self._play(folder, 0) == 0, self._why(folder)
        wrong = self._look(folder, None).wrong
        assert not wrong, wrong
        return int(json.loads((folder / "points.json").read_text()))

    def run(self, number: int) -> Outcome:
        """Kill at this point, start again, and look at the end."""
        begun = time.monotonic()
        folder = self._fresh()
        ended = self._play(folder, number)
        if ended == 0:
            return Outcome(number, None, 0, [], time.monotonic() - begun)
        if ended != KILLED:
            return Outcome(number, "?", 0, [self._why(folder)], time.monotonic() - begun)
        told = json.loads((folder / "killed.json").read_text())
        if self._play(folder, 0) != 0:
            wrong, repeated = [self._why(folder)], 0
        else:
            end = self._look(folder, told)
            wrong, repeated = end.wrong, end.mails_repeated
        if not wrong:
            shutil.rmtree(folder)
        return Outcome(number, told["point"], repeated, wrong, time.monotonic() - begun)

    def _fresh(self) -> Path:
        """Forget what the last run left outside, and a folder for the next."""
        sandbox = self.sandbox
        with sandbox.hubspot.lock:
            for kind in (TICKET, NOTE, CONTACT):
                sandbox.hubspot.records[kind.id].clear()
            sandbox.parts.submissions.clear()
        for part in (sandbox.credits, sandbox.mailbox, sandbox.parts.calls):
            part.reset()
        sandbox.parts.crm_courier.reset()
        sandbox.parts.workflow_courier.reset()
        sandbox.parts.requests_seen.clear()
        return Path(tempfile.mkdtemp(dir=self.folder))

    def _play(self, folder: Path, kill_at: int) -> int:
        environment = make_settings(folder, 8000, self.sandbox) | {
            "SEALING_KEYSET_FILE": str(self._keyset),
            "GRANT_DELAY_SECONDS": "300",
        }
        order = {
            "folder": str(folder),
            "environment": environment,
            "sandbox": self.sandbox.url,
            "kill_at": kill_at,
        }
        assert self._children.stdin and self._children.stdout
        self._children.stdin.write(json.dumps(order) + "\n")
        self._children.stdin.flush()
        return int(self._children.stdout.readline())

    def _why(self, folder: Path) -> str:
        failed = folder / "failed.txt"
        return failed.read_text() if failed.exists() else f"ended without a word, see {folder}"

    def _look(self, folder: Path, told: dict[str, str] | None) -> "End":
        return End(self.sandbox, folder / "desk.db", told)


class End:
    """How the world stands when the story is over."""

    def __init__(self, sandbox: Sandbox, database: Path, told: dict[str, str] | None) -> None:
        self._sandbox, self._database = sandbox, database
        self.mails_repeated = 0
        self.wrong: list[str] = [
            *wrong_in_journal(database),
            *wrong_in_work(database, time.time_ns() // 1_000_000),
        ]
        self._look_at_requests()
        self._look_at_tickets()
        self._look_at_credits()
        self._look_at_mails(told)

    def _expect(self, what: str, seen: object, expected: object) -> None:
        if seen != expected:
            self.wrong.append(f"{what}: {seen!r} instead of {expected!r}")

    def _look_at_requests(self) -> None:
        found = rows(self._database, "SELECT * FROM requests ORDER BY organisation DESC")
        submitted = {one.conversion_id for one in self._sandbox.parts.submissions}
        self._expect("requests", len(found), 2)
        self._expect("submissions of requests", {row["conversion_id"] for row in found}, submitted)
        self._expect("stages kept", [row["stage"] for row in found], ["credited", "declined"])

    def _look_at_tickets(self) -> None:
        account = self._sandbox.hubspot
        tickets = {
            one.properties["credit_request_organisation"]: one for one in account.live(TICKET)
        }
        self._expect("tickets", len(account.live(TICKET)), 2)
        stages = {
            organisation: self._label(one.properties) for organisation, one in tickets.items()
        }
        self._expect(
            "stages",
            stages,
            {
                FIRST["employer_or_wellbeing_hub"]: "Credits added",
                SECOND["employer_or_wellbeing_hub"]: "Declined",
            },
        )
        notes = [one.properties["hs_note_body"] for one in account.live(NOTE)]
        self._expect("notes", len(notes), 1)
        outside = [value for one in account.live(TICKET) for value in one.properties.values()]
        self.wrong += words_found([*outside, *notes], _identity())

    def _label(self, properties: dict[str, str]) -> str:
        pipeline = self._sandbox.hubspot.pipelines.get(TICKET, properties["hs_pipeline"])
        return str(pipeline.stages[properties["hs_pipeline_stage"]].label)

    def _look_at_credits(self) -> None:
        ledger = self._sandbox.credits
        self._expect("grants", len(ledger.grants), 1)
        self._expect("balances", ledger.balances, {FIRST["client_email"]: AMOUNT})
        posted = rows(self._database, "SELECT state, credits FROM grants")
        self._expect("grants kept", posted, [{"state": "posted", "credits": AMOUNT}])

    def _look_at_mails(self, told: dict[str, str] | None) -> None:
        messages = self._sandbox.mailbox.messages
        sent = Counter(
            (str(mail.message["To"]), str(mail.message["Message-ID"]).split(".")[1].split("@")[0])
            for mail in messages
        )
        one, other = FIRST["email"], SECOND["email"]
        expected = {(one, "received"), (one, "granted"), (other, "received"), (other, "declined")}
        self._expect("mails", set(sent), expected)
        self.mails_repeated = sum(sent.values()) - len(sent)
        around = {told["point"], told["before"]} if told else set()
        allowed = int(any(point.startswith("after mail") for point in around))
        if self.mails_repeated > allowed:
            self.wrong.append(f"mails repeated: {self.mails_repeated}, may be {allowed}")
        texts = [mail.part(kind) for mail in messages for kind in ("plain", "html")]
        self.wrong += words_found(texts, [FIRST["client_email"], SECOND["client_email"]])


def _identity() -> list[str]:
    people = ("client_email", "email", "additional_information")
    whole = [story[name] for story in (FIRST, SECOND) for name in people]
    return [*whole, "jona", "gudrun", "siggi", "palsson", "therapist"]


@contextmanager
def crash_matrix(folder: Path) -> Iterator[Matrix]:
    """A matrix for as long as the ``with`` lasts. Deliveries are the story's own affair."""
    settings = SandboxSettings(service_url="http://127.0.0.1:9", minute_ms=86_400_000)
    settings.rate_limit = 100_000
    with start_sandbox(settings) as sandbox:
        matrix = Matrix(folder, sandbox)
        try:
            yield matrix
        finally:
            matrix.close()


def main() -> int:
    """All points, or every ``--every``-th from ``--from``; returns 1 if any did not converge."""
    parser = argparse.ArgumentParser(prog="make crash-matrix", description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=1)
    given = parser.parse_args()
    fast = "/dev/shm" if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(dir=fast))
    begun = time.monotonic()
    with crash_matrix(folder) as matrix:
        points = matrix.count_points()
        print(f"{points} points")
        outcomes = []
        for number in range(given.first, points + 1, given.every):
            outcome = matrix.run(number)
            outcomes.append(outcome)
            bad = sum(bool(one.wrong) for one in outcomes)
            print(f"\r{number}/{points}  wrong: {bad}  {outcome.point or '':60.60}", end="")
    print("\r" + " " * 100)
    _print_table(outcomes, points, time.monotonic() - begun)
    failed = [one for one in outcomes if one.wrong]
    if not failed:
        shutil.rmtree(folder)
    return 1 if failed else 0


def _print_table(outcomes: list[Outcome], points: int, seconds: float) -> None:
    by_point: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by_point.setdefault(one.point or "not reached", []).append(one)
    print(f"{'killed':60} {'runs':>5} {'same end':>9} {'mail repeated':>14}")
    for point, group in by_point.items():
        same = sum(not one.wrong for one in group)
        repeated = sum(one.mails_repeated for one in group)
        print(f"{point:60.60} {len(group):5} {same:9} {repeated:14}")
    same = sum(not one.wrong for one in outcomes)
    print(
        f"\n{len(outcomes)} of {points} points killed, {same} came to the same end, "
        f"in {seconds:.0f} s ({seconds / max(1, len(outcomes)):.2f} s a point)."
    )
    for one in outcomes:
        for wrong in one.wrong:
            print(f"point {one.number}, {one.point}: {wrong}")


if __name__ == "__main__":
    sys.exit(main())
