"""Any order, and now and then the machine is lost: the service wakes up on an older database.

Cards are not deleted or merged here, and webhooks carry their own submission's values: what follows
from those after a restore is for a person to decide, and told step by step elsewhere.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule

from casework.relink import begin_relinking
from storage.sqlite import SqliteStore
from tests.reliability.any_order import (
    PEOPLE,
    SERVICE,
    TROUBLE,
    AnyOrder,
    Step,
    a_step,
    skews,
    times,
)
from tests.reliability.journal_and_identity import rows

BACKUPS = st.one_of(
    a_step("back_up"),
    a_step("back_up"),
    a_step("disaster", skew=skews, away=times),
)


class RestoredAnyOrder(AnyOrder):
    """What may happen, backups and disasters among it."""

    def __init__(self) -> None:
        super().__init__()
        self._backup = self.folder / "backup.db"
        self.disasters = 0
        self.back_up()

    @rule(step=st.one_of(PEOPLE, SERVICE, TROUBLE, PEOPLE, SERVICE, BACKUPS))
    def happens(self, step: Step) -> None:
        """One rule for all, since Hypothesis leaves out some rules in each run."""
        self.take(step)

    def back_up(self) -> None:
        """The database as it is now is kept."""
        with (
            closing(sqlite3.connect(self.world.database)) as live,
            closing(sqlite3.connect(self._backup)) as kept,
        ):
            live.backup(kept)

    def disaster(self, skew: int, away: int) -> None:
        """All that was written since the backup is gone; after a while another machine starts."""
        self.world.store.close()
        self.weather.doubt()
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{self.world.database}{ending}").unlink()
        self.world.database.write_bytes(self._backup.read_bytes())
        self.world.pass_time(away)
        self.next_skew = skew
        now = self.weather.true_time + skew
        store = SqliteStore(self.world.database, self.world.sealer)
        store.write(lambda records: begin_relinking(records, now))
        store.close()
        self.disasters += 1
        self._restart()
        self._list_what_is_due()

    def merge(self, number: int, other: int) -> None:
        """Not here."""

    def delete(self, number: int) -> None:
        """Not here."""

    def submit(
        self,
        professional: str,
        client: str,
        organisation: str,
        webhook: str,
        lag: int,
        wait: int | None,
    ) -> None:
        """A form is sent in, and its webhook carries what it says."""
        own = "late" if webhook == "other" else webhook
        super().submit(professional, client, organisation, own, lag, wait)

    def _look(self) -> list[str]:
        return super()._look() + self._wrong_in_tickets()

    def _wrong_in_tickets(self) -> list[str]:
        known = {row["reference"] for row in self._requests()}
        orphaned = rows(self.world.database, "SELECT reference FROM orphaned_tickets")
        return [
            *(f"{one['reference']} is left orphaned" for one in orphaned),
            *(f"{t.reference}: nobody knows" for t in self._tickets() if t.reference not in known),
        ]

    def _wrong_in_mails(self) -> list[str]:
        """Who was told is forgotten with the rest: the same mail may go out once for a restore.

        That a request was received is not told for one that has its ticket back.
        """
        sure = dict(self.weather.doubtful_mails)
        for mail in self.world.mailer.sent:
            which = mail.reference, str(mail.kind)
            self.weather.doubtful_mails[which] = sure.get(which, 0) + self.disasters
        relinked = {
            row["reference"]
            for row in rows(
                self.world.database, "SELECT reference FROM journal WHERE event = 'relinked'"
            )
        }
        found = super()._wrong_in_mails()
        self.weather.doubtful_mails = sure
        return [
            wrong
            for wrong in found
            if not (wrong.endswith("got no mail") and wrong.split()[0] in relinked)
        ]
