"""The rules of the house that nobody should have to remember."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bootstrap import Service, make_app, make_service
from casework.stages import MEANINGS, Stage
from casework.wording import Attention, note_for, status_for
from casework.work import Kind
from casework.worker import LANES, RECURRING
from config import read_config
from settings import env_example
from storage.sealing import new_keyset

ROOT = Path(__file__).parents[1]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text that is in the repository, by its name."""
    found = {}
    for file in tracked_files():
        content = file.read_bytes()
        if b"\0" not in content:
            found[str(file.relative_to(ROOT))] = content.decode("utf-8")
    assert "pyproject.toml" in found
    return found


def test_the_example_of_settings_is_the_settings() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example()


def targets() -> list[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE)


def test_there_are_targets() -> None:
    assert {"run", "test"} <= set(targets())


@pytest.mark.parametrize("target", targets())
def test_every_target_is_in_the_readme(target: str) -> None:
    assert re.search(
        rf"\bmake {re.escape(target)}(?![\w-])", (ROOT / "README.md").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("target", targets())
def test_every_target_is_phony(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)

    assert target in phony.split()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The real service, wired as it is for everybody, with no worker running."""
    service = make_service(
        read_config(
            {
                "PUBLIC_BASE_URL": "https://credits.example.is",
                "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}",
                "SEALING_KEYSET": new_keyset(),
                "HUBSPOT_ACCESS_TOKEN": "a-token",
                "HUBSPOT_CLIENT_SECRETS": "a-client-secret",
                "HUBSPOT_FORM_URL": "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
                "FORM_FIELDS": "client_email=c,organisation=o,professional_email=p",
            }
        ),
        works=True,
    )
    yield service
    service.store.close()


@pytest.fixture
def app(service: Service) -> Flask:
    return make_app(service)


def test_every_route_that_takes_something_refuses_an_unsigned_call(app: Flask) -> None:
    client, tried = app.test_client(), []
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            answer = client.open(str(rule), method=method, data=b"{}")
            assert (answer.status_code, answer.data) == (401, b""), f"{method} {rule}"
            tried.append(str(rule))

    assert sorted(tried) == ["/webhook/crm", "/webhook/form"]


def test_every_route_that_takes_something_has_a_limit(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            answer = app.test_client().post(str(rule), data=b"x" * (1_048_576 + 1))
            assert answer.status_code == 413, rule


def test_there_is_nothing_to_debug_in_service(app: Flask) -> None:
    assert not app.debug
    assert not app.testing
    assert app.static_folder is None


def test_every_kind_of_work_has_one_lane() -> None:
    kinds = [kind for kinds in LANES.values() for kind in kinds]

    assert sorted(kinds) == sorted(Kind)
    assert set(Kind) >= RECURRING


def test_every_lane_has_a_worker_with_a_step_for_each_of_its_kinds(service: Service) -> None:
    assert {worker.lane: tuple(worker.kinds) for worker in service.workers} == LANES
    for worker in service.workers:
        assert set(worker.kinds) <= worker._steps.keys()


def test_every_stage_has_a_meaning_and_a_label_of_its_own() -> None:
    assert set(MEANINGS) == set(Stage)
    assert len({meaning.label for meaning in MEANINGS.values()}) == len(Stage)


@pytest.mark.parametrize("attention", Attention)
def test_every_call_for_attention_tells_staff_what_to_do(attention: Attention) -> None:
    note = note_for(attention, 20)

    assert note
    assert "{" not in note
    assert status_for(attention)


def test_imports_point_inwards() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert re.search(r"[1-9]\d* kept, 0 broken", done.stdout)


def test_no_file_has_a_name_that_says_nothing() -> None:
    says_nothing = {"utils", "util", "helpers", "helper", "common", "misc", "constants", "models"}

    assert [file for file in tracked_files() if file.stem in says_nothing] == []


def test_no_folder_of_tests_is_a_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_two_files_of_tests_have_one_name() -> None:
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=lambda file: file.name)
def test_every_requirement_is_pinned_with_hashes(file: Path) -> None:
    joined = file.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    requirements = [line for line in lines if not line.lstrip().startswith("#")]

    assert requirements
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^ ]+ ", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", requirement), requirement


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.in")), ids=lambda file: file.name)
def test_every_requirement_that_is_asked_for_is_pinned(file: Path) -> None:
    pinned = file.with_suffix(".txt").read_text(encoding="utf-8").lower()
    asked_for = re.findall(r"^([A-Za-z][\w.-]*)", file.read_text(encoding="utf-8"), re.MULTILINE)

    assert asked_for
    for name in asked_for:
        assert re.search(rf"^{re.escape(name.lower())}(\[.*\])?==", pinned, re.MULTILINE), name


def test_no_file_knows_the_machine_it_was_written_on(texts: dict[str, str]) -> None:
    # Put together here, so that this file does not find itself.
    folders = "|".join(["root", "home", "work", "Users"])
    found = [
        f"{name}: {match[0]}"
        for name, text in texts.items()
        for match in re.finditer(rf"(?<![\w.~*}}-])/(?:{folders})/[\w.-]+", text)
    ]

    assert found == []


def test_no_file_names_a_registry_of_packages(texts: dict[str, str]) -> None:
    words = "|".join(["pypi", "pythonhosted", "npmjs", "artifactory", "nexus", "devpi"])
    hosts = "|".join(re.escape(host) for host in registry_hosts())
    pattern = rf"https?://[\w.:@-]*(?:{words})[\w.-]*|{hosts or '(?!)'}|^--?(?:extra-)?index-url"
    found = [
        f"{name}: {match[0]}"
        for name, text in texts.items()
        for match in re.finditer(pattern, text, flags=re.MULTILINE)
    ]

    assert found == []


def registry_hosts() -> set[str]:
    """Where this machine gets its packages from."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    return set(re.findall(r"https?://(?:[^/@'\s]*@)?([^/'\s]+)", listed.stdout))


def test_the_threat_model_has_every_threat_once_and_names_tests_that_are_there() -> None:
    model = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
    threats = [int(number) for number in re.findall(r"^\| T(\d+) \|", model, flags=re.MULTILINE)]
    named = set(re.findall(r"`(test_\w+\.py)`", model))

    assert sorted(threats) == list(range(1, 39))
    assert named <= {file.name for file in tracked_files()}
