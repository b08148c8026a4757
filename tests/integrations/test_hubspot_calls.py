"""The table of calls agrees with HubSpot's own client, where that knows the call."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from integrations.hubspot import calls
from integrations.hubspot.calls import Call
from integrations.hubspot.objects import CRM_OBJECTS, CrmObject

#: HubSpot's own client has none of these, nor of its conversations.
NOT_THEIRS = (calls.LIST_SUBMISSIONS, calls.SUBMIT_FORM)
CALLS = [call for call in vars(calls).values() if isinstance(call, Call)]
_CALL_API = re.compile(r'call_api\(\s*"([^"]+)",\s*"([A-Z]+)"')


def bare(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="module")
def theirs() -> set[tuple[str, str]]:
    spec = find_spec("hubspot")
    assert spec is not None
    assert spec.origin is not None
    crm = Path(spec.origin).parent / "crm"
    sources = (path.read_text(encoding="utf-8") for path in crm.rglob("*_api.py"))
    return {(method, bare(path)) for text in sources for path, method in _CALL_API.findall(text)}


@pytest.mark.parametrize("crm_object", CRM_OBJECTS.values())
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.operation)
def test_the_client_has_the_same_path(
    theirs: set[tuple[str, str]], call: Call, crm_object: CrmObject
) -> None:
    if call in NOT_THEIRS or call.path.startswith("/conversations/"):
        assert (call.method, bare(call.path)) not in theirs
        return
    # Some parts of the client name the object in the path, and others take it as a parameter.
    named = call.path.replace("{objects}", crm_object.plural).replace("{others}", "{to}")
    ways = {bare(call.path), bare(named), bare(named.replace("deals", crm_object.object_type_id))}
    others = re.sub("/(companies|contacts|conversation)/", "/{to}/", named)
    ways.add(bare(others.replace(f"/{crm_object.plural}/", "/{from}/")))
    assert theirs & {(call.method, path) for path in ways}


def test_only_harmless_calls_are_repeated() -> None:
    assert {call.operation for call in CALLS if not call.repeatable} == {
        "open tickets",
        "add a note",
        "send a message",
        "add a comment",
        "send the form",
        "make a property",
        "make a property group",
        "make a pipeline",
        "make a stage",
    }
