"""A file has its name only once it is whole, and takes nobody else's."""

import errno
import os
import stat
from pathlib import Path

import pytest

from casework.errors import Inconsistent, NotKept
from storage.whole_files import whole_file


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "whole"


@pytest.fixture
def unfinished(tmp_path: Path) -> Path:
    return tmp_path / "unfinished"


@pytest.fixture(params=["links", "no links"])
def _with_and_without_links(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems know no hard links."""

    def refuse(*_names: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.usefixtures("_with_and_without_links")
def test_it_has_its_name_at_the_end(target: Path, unfinished: Path) -> None:
    with whole_file(target, unfinished) as file:
        file.write_text("all of it")
        assert names(target.parent) == ["unfinished"]
    assert names(target.parent) == ["whole"]
    assert target.read_text() == "all of it"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.usefixtures("_with_and_without_links")
@pytest.mark.parametrize("made", ["before", "meanwhile"])
def test_an_existing_file_stays_as_it_is(target: Path, unfinished: Path, made: str) -> None:
    if made == "before":
        target.write_text("mine")
    with pytest.raises(Inconsistent, match="exists and stays"), whole_file(target, unfinished):
        target.write_text("mine")
    assert names(target.parent) == ["whole"]
    assert target.read_text() == "mine"


def test_an_existing_file_is_replaced_where_that_is_asked_for(
    target: Path, unfinished: Path
) -> None:
    target.write_text("old")
    with whole_file(target, unfinished, replace=True) as file:
        file.write_text("new")
        assert target.read_text() == "old"
    assert (target.read_text(), names(target.parent)) == ("new", ["whole"])


def test_what_goes_wrong_leaves_nothing(target: Path, unfinished: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_file(target, unfinished) as file:
        assert file.write_text("half of") + file.with_name("unfinished-wal").write_text("x") / 0
    assert names(target.parent) == []


def test_what_a_power_cut_left_is_begun_anew(target: Path, unfinished: Path) -> None:
    unfinished.write_text("half of what was there")
    unfinished.chmod(0o644)
    unfinished.with_name("unfinished-journal").write_text("more")
    with whole_file(target, unfinished) as file:
        assert file.read_text() == ""
    assert names(target.parent) == ["whole"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_that_lies_in_wait_is_not_followed(target: Path, unfinished: Path) -> None:
    victim = target.with_name("victim")
    victim.write_text("mine")
    unfinished.symlink_to(victim)
    with pytest.raises(NotKept, match="cannot be written"), whole_file(target, unfinished):
        pass
    assert victim.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "whole"
    with pytest.raises(NotKept, match="No such file"), whole_file(file, file.with_name("u")):
        pass
