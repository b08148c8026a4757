"""How contenders are run: all of them or none, each alone, without a network."""

import subprocess
import sys

import pytest

from bench.redaction.__main__ import SETS, main, run_alone
from bench.redaction.contenders.contender import NEEDS, Output, missing
from bench.redaction.one_contender import Run, run
from bench.redaction.texts import Half, read_texts


def test_a_contender_that_is_not_installed_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NEEDS, "nobody", ("json", "no_such_module", "no_such.module"))

    assert missing("nobody") == ["no_such_module", "no_such.module"]


def test_nothing_is_measured_where_a_contender_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(NEEDS, "presidio", ("no_such_module",))
    monkeypatch.setattr(sys, "argv", ["bench"])

    assert main() == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "presidio is not installed: no no_such_module" in printed.err


def test_the_blind_set_is_measured_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured: list[list[Half]] = []

    def remember(_: str, halves: list[Half]) -> Run:
        measured.append(halves)
        texts = [text for half in halves for text in read_texts(half)]
        return Run([Output(text.plain) for text in texts], [1.0] * len(texts), 0.1, 1)

    monkeypatch.setattr("bench.redaction.__main__.run_alone", remember)
    for arguments in [[], ["--half", "blind"], ["--half", "all"]]:
        monkeypatch.setattr(sys, "argv", ["bench", "--only", "ours", *arguments])
        assert main() == 0

    assert measured == [[Half.DEVELOPMENT, Half.HELD_BACK], [Half.BLIND], list(Half)]
    assert set(SETS) == {*Half, "both", "all"}
    assert "blind: identifiers cut" in capsys.readouterr().out


def test_a_run_times_every_text_once(capsys: pytest.CaptureFixture[str]) -> None:
    texts = list(read_texts(Half.DEVELOPMENT, ("is",)))[:3]

    measured = run("ours", texts)

    assert len(measured.outputs) == len(measured.milliseconds) == 3
    assert all(took > 0 for took in measured.milliseconds)
    assert measured.outputs[0].text != texts[0].plain
    assert "3 of 3 texts" in capsys.readouterr().err


def test_a_contender_runs_in_a_process_of_its_own() -> None:
    measured = run_alone("ours", [Half.DEVELOPMENT])

    assert len(measured.outputs) == len(list(read_texts(Half.DEVELOPMENT)))
    assert measured.memory_bytes > 1_000_000


def test_the_network_is_shut() -> None:
    script = """
import socket
from bench.redaction.one_contender import shut_the_network
listening = socket.create_server(("127.0.0.1", 0))
socket.create_connection(listening.getsockname()).close()
shut_the_network()
try:
    socket.create_connection(listening.getsockname())
except OSError as error:
    print(error)
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == "no network here\n"
