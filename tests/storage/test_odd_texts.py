"""Whatever people type, and whatever HubSpot makes of it, both engines keep the same of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casework.delivery_records import Route
from casework.form_fields import FormField, FormFields
from casework.odd_texts import mend_text, mend_texts
from casework.organisations import Company
from casework.receive import keep_delivery, receive
from casework.take_in import prepare, take_in_other
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.companies import HubSpotCompanies
from storage.every_table import TABLES
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.store import TableStore
from storage.tables import Tables
from tests.fakes.open_gate import OpenGate
from tests.fakes.scripted_server import serve_script
from tests.storage.made_up import NOW
from webhook.form_payloads import read_form_delivery

FIELDS = FormFields(FormField("client"), FormField("org"), FormField("pro"), FormField("why"))

#: Also what JSON can spell, and no database keeps.
odd = st.text(st.characters(exclude_categories=[]), max_size=40) | st.sampled_from(
    ["\0", "a\0b", "\ud83d", "\udc00 Hub", "\ud83d\ude00", "\ufeff", "\U0010ffff", "x" * 4_000]
)
READERS = {Route.FORM: partial(read_form_delivery, fields=FIELDS, form_id="form")}

#: Beside the request's own reference, which is drawn, and what is sealed.
WHAT_IS_KEPT = (
    "SELECT organisation, conversion_id, fields_digest, client_digest, professional_digest, "
    "attention, status_line FROM requests ORDER BY conversion_id"
)


@contextmanager
def two_stores(postgres_store: TableStore, sealer: TinkSealer) -> Iterator[list[TableStore]]:
    """One of each engine, empty."""

    def empty(tables: Tables) -> None:
        for table in reversed(list(TABLES)):
            tables.connection.run(f"DELETE FROM {table}")

    with TemporaryDirectory() as folder:
        sqlite_store = SqliteStore(Path(folder) / "desk.db", sealer)
        postgres_store.write(empty)
        yield [sqlite_store, postgres_store]
        sqlite_store.close()


def rows(store: TableStore, sql: str) -> list[dict[str, object]]:
    return store.read(lambda tables: [dict(row) for row in tables.connection.rows(sql)])


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(client=odd, org=odd, pro=odd, why=odd, conversion_id=odd)
@example(client="j@e.is\0", org="Marel\0 hf.", pro="a@c.is", why="\0", conversion_id="c\0-1")
@example(client="j@e.is", org="Hub", pro="a@c.is", why="", conversion_id="c" * 3_000)
def test_a_submission_is_kept_alike(
    postgres_store: TableStore,
    sealer: TinkSealer,
    client: str,
    org: str,
    pro: str,
    why: str,
    conversion_id: str,
) -> None:
    answers = {"client": client, "org": org, "pro": pro, "why": why}
    row = {
        "conversionId": conversion_id,
        "submittedAt": NOW,
        "values": [{"name": name, "value": value} for name, value in answers.items()],
    }
    submission = FIELDS.read_row(json.loads(json.dumps(row)), listed=True)
    new = prepare(sealer, submission)
    with two_stores(postgres_store, sealer) as stores:
        for store in stores:
            store.write(lambda tables: take_in_other(tables, new, NOW))
        in_sqlite, in_postgres = (rows(store, WHAT_IS_KEPT) for store in stores)
        details = [
            store.read(lambda tables: tables.requests.get_details(new.reference))
            for store in stores
        ]
    assert in_sqlite == in_postgres
    assert len(in_sqlite) == 1
    assert details[0] == details[1]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=st.dictionaries(st.sampled_from(["client", "org", "pro", "why", "more"]), odd))
@example(values={"client": "j@e.is", "org": "Marel\0", "pro": "a\0@c.is", "why": "\ud83d"})
def test_a_delivery_ends_alike(
    postgres_store: TableStore, sealer: TinkSealer, values: dict[str, str]
) -> None:
    with two_stores(postgres_store, sealer) as stores:
        ends = []
        for store in stores:
            keep_delivery(store, sealer, Route.FORM, json.dumps(values).encode(), NOW)
            (delivery,) = rows(store, "SELECT id FROM deliveries")
            key = str(delivery["id"])
            left = receive([key], NOW, store=store, sealer=sealer, readers=READERS)
            outcome = rows(store, "SELECT outcome FROM deliveries")
            ends.append((outcome, rows(store, WHAT_IS_KEPT), list(map(str, left.values()))))
    assert ends[0] == ends[1]


def test_the_crms_companies_are_kept_alike(
    postgres_store: TableStore, sqlite_store: TableStore
) -> None:
    named = ["Marel\0 hf.", "Half \ud83d", "\ufdfa" * 300, "Long " * 2_000, "\0"]
    records = [
        {
            "id": str(number),
            "properties": {
                "name": name,
                "domain": f"{name[:9]}.is",
                "country": name,
                "credits_language": name,
            },
        }
        for number, name in enumerate(named, 1)
    ]
    with serve_script() as script:
        script.then(200, {"results": records})
        client = HubSpotClient(lambda: "token", script.url, gate=OpenGate())
        companies = HubSpotCompanies(client).read_companies(None).companies
    for store in (sqlite_store, postgres_store):
        store.write(lambda tables: tables.companies.keep(companies, NOW))
    sql = "SELECT * FROM companies ORDER BY id"
    kept = rows(sqlite_store, sql)
    assert kept == rows(postgres_store, sql)
    assert [row["name"] for row in kept][:2] == ["Marel\ufffd hf.", "Half \ufffd"]
    assert len(kept) == len(named) == len({one.id for one in companies if isinstance(one, Company)})


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_that_can_be_kept_stays_as_it_is(text: str) -> None:
    assert mend_text(text) == text


@given(
    st.recursive(
        odd | st.integers() | st.none() | st.booleans(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(odd, inner, max_size=3),
    )
)
def test_nothing_that_cannot_be_kept_is_left_in_a_document(document: object) -> None:
    mended = json.dumps(mend_texts(document), ensure_ascii=False)
    mended.encode()
    assert "\\u0000" not in mended
