"""A store in which every sealed column holds something, and all of it read back."""

from functools import partial
from typing import Any

from casework.delivery_records import Route, delivery_name
from casework.receive import keep_delivery
from casework.reply_records import Reply
from casework.request import Details, ReasonState
from casework.understand_reply import Meaning
from storage.sealing import TinkSealer
from storage.store import TableStore
from storage.tables import Tables
from tests.storage.made_up import NOW, new_request, order


def fill(store: TableStore, sealer: TinkSealer, requests: int = 3) -> None:
    """Some of everything: so many requests, and what belongs to them."""
    store.check_keys()
    for number in range(requests):
        store.write(partial(_fill_one, number=number))
        keep_delivery(store, sealer, Route.FORM, f"form {number}".encode(), NOW)


def _fill_one(tables: Tables, number: int) -> None:
    reference = f"CR-{number}"
    details = Details(f"client{number}@example.is", "siggi@example.is", f"Reason {number}.")
    tables.requests.add(new_request(reference, fields=reference, details=details), NOW)
    tables.requests.set_client_name(reference, f"Client {number}")
    tables.requests.set_reason(reference, ReasonState.SHOWN, f"Redacted {number}.")
    meaning = Meaning.APPROVE
    reply = Reply(reference, f"mail/{number}", meaning, 4, f"Yes, {number}.", False, True, False)
    tables.replies.add(reply, NOW)
    tables.ledger.add(order(f"credit-request-{reference}", reference=reference), NOW)


def read_all(store: TableStore, sealer: TinkSealer) -> dict[str, Any]:
    """All that is sealed, opened by each table's own reader."""

    def read(tables: Tables) -> dict[str, Any]:
        references = [
            row["reference"]
            for row in tables.requests._connection.rows("SELECT reference FROM requests ORDER BY 1")
        ]
        return {
            "details": [vars(tables.requests.get_details(one)) for one in references],
            "redacted": [tables.requests.get_redacted_reason(one) for one in references],
            "replies": [vars(reply) for one in references for reply in tables.replies.find(one)],
            "ledger": [vars(entry) for entry in tables.ledger.find_addressed()],
            "deliveries": [
                sealer.unseal(one.sealed_body, delivery_name(one.route, one.digest))
                for one in tables.deliveries.find_to_be_read(Route.FORM)
            ],
            "key check": tables.keys.check(),
        }

    return store.read(read)
