"""``make run``: a try-out that touches nothing of an operator's."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

import run
from settings import SETTINGS

HERE = Path(__file__).parent.parent
SCRIPT = "import pathlib, sys, run; run._DATA = pathlib.Path(sys.argv[1]); sys.exit(run.main())"


@contextmanager
def make_run(data: Path, **more: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(data)],
        cwd=HERE,
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_an_operators_settings_are_not_the_try_outs(monkeypatch: pytest.MonkeyPatch) -> None:
    for known in SETTINGS:
        monkeypatch.setenv(known.name, "real")
        monkeypatch.setenv(f"{known.name}_FILE", "/real/secret")
    monkeypatch.setenv("no_proxy", "real.example.org")
    environment = run._environment(run._settings(1, 2, 3))
    assert not any("real" in environment.get(f"{known.name}_FILE", "") for known in SETTINGS)
    assert "real" not in [environment.get(known.name) for known in SETTINGS]
    assert "CRM_PIPELINE" not in environment
    assert environment["SMTP_URL"] == "smtp://127.0.0.1:3"
    assert environment["PATH"] == os.environ["PATH"]
    assert environment["no_proxy"] == environment["NO_PROXY"] == "127.0.0.1,localhost"


def test_it_runs_behind_a_proxy_and_only_once(tmp_path: Path) -> None:
    data = tmp_path / "tryout"
    proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    with make_run(data, CRM_PIPELINE="777", **proxies) as first:
        assert first.stdout is not None
        address = read_until(first.stdout, r"(http://127\.0\.0\.1:\d+)/form")
        with make_run(data) as second:
            _, err = second.communicate(timeout=30)
        assert second.returncode == 1
        assert err.strip() == f"Credits Desk is already running: {address}/"
        assert (data / "desk.db").exists()
    assert first.returncode == 0


def read_until(stream: IO[str], pattern: str) -> str:
    """The first line that shows it."""
    for line in stream:
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError(f"{pattern} was not printed")
