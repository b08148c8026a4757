"""``desk work``, every write of a lane marked with its lane and term for the writers' book.

The mark is what the process itself believes, set in the transaction after the service's own check.
"""

import sys

from flask.cli import main

from storage.postgres import PostgresStore
from storage.postgres_connection import PatientConnection

_check = PostgresStore._check_lane


def _check_and_mark(self: PostgresStore, connection: PatientConnection) -> None:
    _check(self, connection)
    fence = getattr(self._local, "fence", None)
    if fence:
        mark = f"{fence[0]} {fence[1]}"
        connection.execute("SELECT set_config('book.mark', %s, true)", [mark])


if __name__ == "__main__":
    PostgresStore._check_lane = _check_and_mark  # type: ignore[method-assign]
    sys.argv = ["flask", "--app", "wsgi", "desk", "work"]
    main()
