"""How contenders are run: all of them or none, each alone, without a network."""

import subprocess
import sys

import pytest

from bench.redaction.__main__ import main, run_alone
from bench.redaction.contenders.contender import NEEDS, missing
from bench.redaction.one_contender import run
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
