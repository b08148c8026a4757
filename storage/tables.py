"""All tables over one connection."""

from collections.abc import Iterator, Sequence

from casework.ports import Sealer
from casework.work import Kind
from storage.companies import CompanyTable
from storage.deliveries import DeliveryTable
from storage.engine import Connection, Row
from storage.every_table import TABLES, find_rows
from storage.grants import GrantTable
from storage.identifiers import IdentifierTable
from storage.journal import JournalTable
from storage.key_check import KeyCheck
from storage.lanes import LaneTable
from storage.ledger import LedgerTable
from storage.marks_and_sent import MarkTable, SentTable
from storage.orphans import OrphanTable
from storage.people import PeopleTable
from storage.replies import ReplyTable
from storage.requests import RequestTable
from storage.residue import ResidueTable
from storage.retention import RetentionTable
from storage.reversals import ReversalTable
from storage.sealed_values import SealedValues
from storage.standing_rules import StandingRuleTable
from storage.work import WorkTable


class Tables:
    """Implements :class:`casework.records.Records`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self.connection = connection
        self.deliveries = DeliveryTable(connection)
        self.requests = RequestTable(connection, sealer)
        self.identifiers = IdentifierTable(connection)
        self.grants = GrantTable(connection)
        self.work = NoticedWorkTable(connection)
        self.journal = JournalTable(connection)
        self.marks = MarkTable(connection)
        self.sent = SentTable(connection)
        self.companies = CompanyTable(connection)
        self.standing_rules = StandingRuleTable(connection)
        self.reversals = ReversalTable(connection)
        self.residue = ResidueTable(connection)
        self.replies = ReplyTable(connection, sealer)
        self.keys = KeyCheck(connection, sealer)
        self.sealed = SealedValues(connection)
        self.ledger = LedgerTable(connection, sealer)
        self.lanes = LaneTable(connection)
        self.people = PeopleTable(connection)
        self.retention = RetentionTable(connection)
        self.orphans = OrphanTable(connection, sealer)

    def find_all_rows(self) -> Iterator[tuple[str, Sequence[Row]]]:
        """All that is kept: pieces of rows, each with its table's name."""
        for table in TABLES:
            for rows in find_rows(self.connection, table):
                yield table, rows


class NoticedWorkTable(WorkTable):
    """A table of work that remembers what was asked for since it was last looked."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.noticed: set[Kind] = set()

    def ask(self, kind: Kind, keys: Sequence[str], due: int) -> None:
        """Ask for work, and remember that somebody did."""
        super().ask(kind, keys, due)
        if keys:
            self.noticed.add(kind)
