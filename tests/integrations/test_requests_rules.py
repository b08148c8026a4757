"""Both ways of calling go through the same proxy, or through none."""

from collections.abc import Callable

import pytest
import requests

from casework.errors import Unavailable
from integrations.hubspot.calls import LIST_PIPELINES
from integrations.hubspot.client import HubSpotClient
from integrations.requests_rules import Bearer, credentials_for, proxy_for
from tests.fakes.scripted_server import Script

MakeClient = Callable[[str], HubSpotClient]

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxy_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_hubspots_client_goes_through_the_environments_proxy(
    script: Script, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = script.url.removeprefix("http://")
    monkeypatch.setenv("HTTP_PROXY", f"http://us%40home:pw@{address}")
    script.then(200, {"results": []})
    make_client("http://hubspot.test").call(LIST_PIPELINES, objects="tickets")
    requests.get("http://hubspot.test/crm/v3/pipelines/tickets", timeout=5)
    ours, theirs = script.seen
    assert ours[1] == theirs[1] == "http://hubspot.test/crm/v3/pipelines/tickets"
    for seen in (ours, theirs):
        assert seen[2]["Proxy-Authorization"] == "Basic dXNAaG9tZTpwdw=="


def test_and_past_it_where_the_environment_says_so(
    script: Script, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    script.then(200, {"results": []})
    with pytest.raises(Unavailable):
        make_client(script.url).call(LIST_PIPELINES, objects="tickets")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    make_client(script.url).call(LIST_PIPELINES, objects="tickets")


def test_which_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_for("https://api.hubapi.com") is None
    monkeypatch.setenv("HTTPS_PROXY", "proxy.test:3128")
    assert proxy_for("https://api.hubapi.com") == "http://proxy.test:3128"
    assert proxy_for("http://127.0.0.1:8001") is None
    monkeypatch.setenv("ALL_PROXY", "http://all.test")
    assert proxy_for("http://127.0.0.1:8001") == "http://all.test"
    assert not credentials_for("http://all.test")


def test_the_token_is_asked_before_each_call(script: Script, netrc_for_this_machine: None) -> None:
    tokens = iter(["first", "second"])
    session = requests.Session()
    session.auth = Bearer(lambda: next(tokens))
    script.then(200, {})
    for _ in range(2):
        session.get(script.url, timeout=5)
    assert [seen[2]["Authorization"] for seen in script.seen] == ["Bearer first", "Bearer second"]
