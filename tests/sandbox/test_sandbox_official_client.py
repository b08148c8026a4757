"""HubSpot's own client must understand every answer, with its validation switched on."""

from __future__ import annotations

from typing import Any

import pytest
from hubspot import HubSpot
from hubspot.crm import companies, objects, pipelines, properties, tickets
from hubspot.crm.associations import v4

from sandbox.server import Sandbox

REFERENCE = "credit_request_ref"


@pytest.fixture
def client(sandbox: Sandbox) -> Any:
    return HubSpot(
        access_token=sandbox.settings.access_token,
        host=sandbox.url,
        base_url=sandbox.url,
        client_side_validation=True,
    )


@pytest.fixture(params=["tickets", "deals"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def add_reference(client: Any, kind: str) -> None:
    group = properties.PropertyGroupCreate(name="desk", label="Desk", display_order=-1)
    client.crm.properties.groups_api.create(kind, group)
    new = properties.PropertyCreate(
        group_name="desk",
        name=REFERENCE,
        label="Reference",
        type="string",
        field_type="text",
        has_unique_value=True,
    )
    client.crm.properties.core_api.create(kind, new)


def upsert_of(*references: str, kind: str = "tickets", **more: str) -> Any:
    given = {
        "tickets": {"subject": "Request", "hs_pipeline_stage": "1"},
        "deals": {"dealname": "Request", "dealstage": "qualifiedtobuy"},
    }[kind]
    return tickets.BatchInputSimplePublicObjectBatchInputUpsert(
        inputs=[
            tickets.SimplePublicObjectBatchInputUpsert(
                id=one,
                id_property=REFERENCE,
                properties=given | more,
                object_write_trace_id=one,
            )
            for one in references
        ]
    )


def batch_api(client: Any, kind: str) -> Any:
    return getattr(client.crm, kind).batch_api


def test_upsert_makes_then_finds(client: Any, kind: str) -> None:
    add_reference(client, kind)
    first = batch_api(client, kind).upsert(upsert_of("A", "B", kind=kind))
    again = batch_api(client, kind).upsert(upsert_of("B", "C", kind=kind))

    assert [row.new for row in first.results] == [True, True]
    assert [row.new for row in again.results] == [False, True]
    assert again.results[0].id == first.results[1].id
    assert again.results[0].properties[REFERENCE] == "B"


def test_upsert_names_the_refused_row(client: Any) -> None:
    add_reference(client, "tickets")
    batch = upsert_of("A", "B")
    batch.inputs[1].properties = {"subject": "x", "hs_pipeline_stage": "999"}
    answer = client.crm.tickets.batch_api.upsert(batch)

    assert answer.num_errors == 1
    assert [row.object_write_trace_id for row in answer.results] == ["A"]
    assert answer.errors[0].context == {"objectWriteTraceId": ["B"]}


def test_create_read_update_and_archive(client: Any) -> None:
    add_reference(client, "tickets")
    made = client.crm.tickets.basic_api.create(
        tickets.SimplePublicObjectInputForCreate(
            properties={"subject": "x", "hs_pipeline_stage": "1", REFERENCE: "A"}, associations=[]
        )
    )
    changed = client.crm.tickets.basic_api.update(
        "A", tickets.SimplePublicObjectInput(properties={"content": "hello"}), id_property=REFERENCE
    )
    read = client.crm.tickets.basic_api.get_by_id(
        made.id, properties=["content", "hs_v2_date_entered_1"], properties_with_history=["content"]
    )
    client.crm.tickets.basic_api.archive(made.id)

    assert changed.id == made.id and read.properties["content"] == "hello"
    assert read.properties["hs_v2_date_entered_1"]
    assert [one.value for one in read.properties_with_history["content"]] == ["hello"]
    with pytest.raises(tickets.ApiException) as refused:
        client.crm.tickets.basic_api.get_by_id(made.id)
    assert refused.value.status == 404
    assert client.crm.tickets.basic_api.get_by_id(made.id, archived=True).archived


def test_batch_create_update_read_archive(client: Any) -> None:
    api = client.crm.tickets.batch_api
    new = [
        tickets.SimplePublicObjectBatchInputForCreate(
            properties={"subject": str(number), "hs_pipeline_stage": "1"}, associations=[]
        )
        for number in range(3)
    ]
    made = api.create(tickets.BatchInputSimplePublicObjectBatchInputForCreate(inputs=new)).results
    moves = [
        tickets.SimplePublicObjectBatchInput(id=one.id, properties={"hs_pipeline_stage": "2"})
        for one in made
    ]
    api.update(tickets.BatchInputSimplePublicObjectBatchInput(inputs=moves))
    wanted = [tickets.SimplePublicObjectId(id=one) for one in (made[0].id, "1", made[1].id)]
    asked = tickets.BatchReadInputSimplePublicObjectId(
        inputs=wanted,
        properties=["hs_pipeline_stage"],
        properties_with_history=["hs_pipeline_stage"],
    )
    read = api.read(asked)
    api.archive(tickets.BatchInputSimplePublicObjectId(inputs=wanted[:1]))

    assert [one.properties["hs_pipeline_stage"] for one in read.results] == ["2", "2"]
    history = read.results[0].properties_with_history["hs_pipeline_stage"]
    assert [(one.value, one.source_type) for one in history] == [
        ("2", "INTEGRATION"),
        ("1", "INTEGRATION"),
    ]
    assert read.num_errors == 1 and read.errors[0].context == {"ids": ["1"]}
    assert api.read(asked).errors[0].context == {"ids": [made[0].id, "1"]}


def test_search(client: Any) -> None:
    add_reference(client, "tickets")
    client.crm.tickets.batch_api.upsert(upsert_of("A", "B", "C"))
    client.crm.tickets.batch_api.upsert(upsert_of("C", hs_pipeline_stage="3"))
    open_ones = tickets.Filter(property_name="hs_pipeline_stage", operator="EQ", value="1")
    found = client.crm.tickets.search_api.do_search(
        tickets.PublicObjectSearchRequest(
            filter_groups=[tickets.FilterGroup(filters=[open_ones])],
            sorts=[{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}],
            properties=[REFERENCE],
            limit=1,
            after="0",
        )
    )
    assert found.total == 2 and found.paging.next.after == "1"
    assert found.results[0].properties[REFERENCE] == "A"


def test_a_merged_ticket_answers_as_the_one_that_was_kept(client: Any) -> None:
    add_reference(client, "tickets")
    kept, lost = client.crm.tickets.batch_api.upsert(upsert_of("A", "B")).results
    client.crm.tickets.basic_api.merge(
        tickets.PublicMergeInput(primary_object_id=kept.id, object_id_to_merge=lost.id)
    )
    assert client.crm.tickets.basic_api.get_by_id(lost.id).id == kept.id


def test_properties(client: Any) -> None:
    add_reference(client, "tickets")
    api = client.crm.properties.core_api
    assert api.get_by_name("tickets", REFERENCE).has_unique_value
    assert REFERENCE in {one.name for one in api.get_all("tickets").results}
    renamed = api.update("tickets", REFERENCE, properties.PropertyUpdate(label="Our reference"))
    assert renamed.label == "Our reference"
    assert {one.name for one in client.crm.properties.groups_api.get_all("tickets").results} == {
        "ticketinformation",
        "desk",
    }
    api.archive("tickets", REFERENCE)
    with pytest.raises(properties.ApiException) as refused:
        api.get_by_name("tickets", REFERENCE)
    assert refused.value.status == 404


def test_a_property_that_exists_is_a_conflict(client: Any) -> None:
    add_reference(client, "tickets")
    with pytest.raises(properties.ApiException) as refused:
        client.crm.properties.core_api.create(
            "tickets",
            properties.PropertyCreate(
                group_name="desk", name=REFERENCE, label="R", type="string", field_type="text"
            ),
        )
    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("kind", "metadata"), [("tickets", {"ticketState": "OPEN"}), ("deals", {"probability": "0.5"})]
)
def test_pipelines_and_stages(client: Any, kind: str, metadata: dict[str, str]) -> None:
    api, stages = client.crm.pipelines.pipelines_api, client.crm.pipelines.pipeline_stages_api
    new = pipelines.PipelineStageInput(label="New", display_order=0, metadata=metadata)
    made = api.create(
        kind,
        pipelines.PipelineInput(label="Credit requests", display_order=1, stages=[new]),
    )
    more = pipelines.PipelineStageInput(label="Asked", display_order=1, metadata=metadata)
    asked = stages.create(kind, made.id, more)
    patch = pipelines.PipelineStagePatchInput(label="Asked them", metadata=metadata)
    stages.update(kind, made.id, asked.id, patch)

    assert made.id.isdigit() and len(made.id) > 6
    assert [one.label for one in stages.get_all(kind, made.id).results] == ["New", "Asked them"]
    assert len(api.get_all(kind).results) == 2
    stages.archive(kind, made.id, asked.id)
    assert [one.label for one in api.get_by_id(kind, made.id).stages] == ["New"]


def test_notes_are_tied_as_they_are_made(client: Any) -> None:
    add_reference(client, "tickets")
    ticket = client.crm.tickets.batch_api.upsert(upsert_of("A")).results[0]
    link = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 228}
    note = client.crm.objects.notes.basic_api.create(
        objects.notes.SimplePublicObjectInputForCreate(
            properties={"hs_timestamp": "1790000000000", "hs_note_body": "<p>Hello</p>"},
            associations=[{"to": {"id": ticket.id}, "types": [link]}],
        )
    )
    read = client.crm.tickets.basic_api.get_by_id(ticket.id, associations=["notes"])
    assert [one.id for one in read.associations["notes"].results] == [note.id]


def test_associations(client: Any, sandbox: Sandbox) -> None:
    add_reference(client, "tickets")
    ticket = client.crm.tickets.batch_api.upsert(upsert_of("A")).results[0]
    company = next(iter(sandbox.hubspot.records["0-2"]))
    api = client.crm.associations.v4.basic_api
    made = api.create_default("tickets", ticket.id, "companies", company)
    api.create_default("tickets", ticket.id, "companies", company)
    primary = v4.AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=26)
    api.create("tickets", ticket.id, "companies", company, [primary])

    assert made.results[0].association_spec.association_type_id == 339
    rows = api.get_page("tickets", ticket.id, "companies").results
    assert [type_.type_id for row in rows for type_ in row.association_types] == [26, 339]
    asked = v4.BatchInputPublicFetchAssociationsBatchRequest(
        inputs=[{"id": ticket.id}, {"id": "1"}]
    )
    read = client.crm.associations.v4.batch_api.get_page("tickets", "companies", asked)
    assert read.results[0].to[0].to_object_id == company


def test_companies_are_listed_page_by_page(client: Any) -> None:
    api = client.crm.companies.basic_api
    new = {"name": "Marel hf.", "domain": "marel.com", "hs_additional_domains": "marel.is;fish.is"}
    made = api.create(companies.SimplePublicObjectInputForCreate(properties=new, associations=[]))
    wanted = ["name", "domain", "hs_additional_domains"]
    first = api.get_page(limit=3, properties=wanted)
    second = api.get_page(limit=3, properties=wanted, after=first.paging.next.after)

    assert (len(first.results), len(second.results), second.paging) == (3, 2, None)
    assert all(one.properties["domain"] for one in first.results)
    assert (second.results[1].id, new.items() <= second.results[1].properties.items()) == (
        made.id,
        True,
    )


def test_many_pairs_are_tied_at_once(client: Any, sandbox: Sandbox) -> None:
    add_reference(client, "tickets")
    ticket = client.crm.tickets.batch_api.upsert(upsert_of("A")).results[0].id
    company = next(iter(sandbox.hubspot.records["0-2"]))
    pairs = [{"from": {"id": one}, "to": {"id": company}} for one in (ticket, "999")]
    asked = v4.BatchInputPublicDefaultAssociationMultiPost(inputs=pairs)
    api = client.crm.associations.v4.batch_api
    for _ in range(2):
        answer = api.create_default("tickets", "companies", asked)

    assert [one.association_spec.association_type_id for one in answer.results] == [339, 340]
    assert answer.num_errors == 1
    assert answer.errors[0].context["fromObjectId"] == ["999"]
    read = client.crm.companies.basic_api.get_by_id(company, associations=["tickets"])
    assert [one.id for one in read.associations["tickets"].results] == [ticket]


def test_wrong_token(sandbox: Sandbox) -> None:
    stranger = HubSpot(access_token="guess", host=sandbox.url, base_url=sandbox.url)
    with pytest.raises(tickets.ApiException) as refused:
        stranger.crm.tickets.basic_api.get_page()
    assert refused.value.status == 401
