"""The settings: all that is wrong in one message, and never what was given."""

import logging
import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from casework.form_fields import FormField
from casework.stages import Stage
from config import BadSettings, Config, read_config
from settings import SETTINGS

STAGES = ",".join(f"{stage}={1000 + number}" for number, stage in enumerate(Stage))

GOOD = {
    "PUBLIC_BASE_URL": "https://credits.example.is",
    "SEALING_KEYSET": "a-keyset",
    "HUBSPOT_ACCESS_TOKEN": "a-token",
    "HUBSPOT_CLIENT_SECRETS": "a-client-secret",
    "HUBSPOT_FORM_URL": "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
    "FORM_FIELDS": "client_email=client_email,organisation=hub,professional_email=0-1/email",
}


def wrong(**changes: str) -> list[str]:
    """The lines of the message for good settings with these changes."""
    with pytest.raises(BadSettings) as raised:
        read_config({**GOOD, **changes})
    heading, *lines = str(raised.value).splitlines()
    assert heading.startswith(f"{len(lines)} setting(s)")
    return lines


def test_what_is_needed_is_enough() -> None:
    config = read_config(GOOD)

    assert config.public_base_url == "https://credits.example.is"
    assert config.database().file == Path("data/desk.db")
    assert config.hubspot_base_url == "https://api.hubapi.com"
    assert config.hubspot_forms_url == "https://api.hsforms.com"
    assert config.canary_domain == "canary.example.org"
    assert (config.hubspot_portal_id, config.hubspot_form_id) == (
        "4800530",
        "2934b12b-a885-4add-8e82-821a8b83388d",
    )
    assert config.hubspot_signatures == {"v3", "v2"}
    assert config.hubspot_client_secrets() == ("a-client-secret",)
    assert config.form_fields.client_email == FormField("client_email")
    assert config.form_fields.professional_email == FormField("email", "0-1")
    assert config.form_fields.reason is None
    assert (config.crm_object, config.crm_pipeline, config.crm_stages) == ("ticket", "", {})
    assert (config.credits_max, config.grant_delay) == (20, 300_000)
    assert config.smtp_url is None


def test_all_that_is_missing_is_in_one_message() -> None:
    needed = [setting.name for setting in SETTINGS if setting.default is None]
    assert "FORM_FIELDS" in needed

    with pytest.raises(BadSettings) as raised:
        read_config({})

    lines = str(raised.value).splitlines()[1:]
    assert [line.split()[1] for line in lines] == [*needed, "HUBSPOT_FORM_ID"]
    assert all("is missing" in line for line in lines)


def test_the_environment_is_read_where_nothing_else_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CREDITS_MAX", "7")

    assert read_config().credits_max == 7


def test_several_wrong_ones_are_told_at_once() -> None:
    lines = wrong(CREDITS_MAX="many", CRM_OBJECT="letter", PUBLIC_BASE_URL="", SMTP_URL="x")

    assert [line.split()[1] for line in lines] == [
        "PUBLIC_BASE_URL",
        "CRM_OBJECT",
        "CREDITS_MAX",
        "SMTP_URL",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_BASE_URL", "zzz.example.is"),
        ("PUBLIC_BASE_URL", "ftp://zzz.example.is"),
        ("PUBLIC_BASE_URL", "https://"),
        ("PUBLIC_BASE_URL", "https://zzz.example.is/?a=1"),
        ("PUBLIC_BASE_URL", "https://zzz.example.is/#a"),
        ("PUBLIC_BASE_URL", "https://[zzz"),
        ("PUBLIC_BASE_URL", "https://[zzz]"),
        ("PUBLIC_BASE_URL", "https://zzz.is:port"),
        ("PUBLIC_BASE_URL", "https://zzz℀.example.is"),
        ("HUBSPOT_FORMS_URL", "zzz.example.is"),
        ("CANARY_DOMAIN", "zzz"),
        ("CANARY_DOMAIN", "zzz@canary.example.org"),
        ("CANARY_DOMAIN", "ZZZ.example.org"),
        ("CANARY_DOMAIN", "zzz..example.org"),
        ("DATABASE_URL", "zzz.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "mysql://zzz"),
        ("DATABASE_URL", "postgresql://zzz"),
        ("DATABASE_URL", "mysql://zzz/desk"),
        ("HUBSPOT_BASE_URL", "zzz"),
        ("HUBSPOT_CLIENT_SECRETS", " , ,"),
        ("HUBSPOT_PORTAL_ID", "zzz"),
        ("HUBSPOT_PORTAL_ID", "٣"),
        ("HUBSPOT_APP_ID", "zzz"),
        ("HUBSPOT_SENDER_USER", "A-9"),
        ("HUBSPOT_FORM_ID", "zzz"),
        ("HUBSPOT_FORM_URL", "https://zzz.example.is/form"),
        ("HUBSPOT_FORM_URL", "https://[zzz"),
        ("HUBSPOT_SIGNATURES", "zzz"),
        ("HUBSPOT_SIGNATURES", ","),
        ("HUBSPOT_SIGNATURES", "v3,v4"),
        ("FORM_FIELDS", "zzz"),
        ("FORM_FIELDS", "client_email=zzz"),
        ("FORM_FIELDS", "client_email=zzz,organisation=hub,professional_email="),
        ("FORM_FIELDS", "client_email=a,organisation=b,professional_email=c,zzz=d"),
        ("CRM_OBJECT", "zzz"),
        ("CRM_STAGES", "zzz"),
        ("CRM_STAGES", "new=zzz"),
        ("CRM_STAGES", STAGES + ",zzz=1"),
        ("CRM_STAGES", STAGES.replace("withdrawn=1007", "withdrawn=1006")),
        ("CREDITS_API_URL", "zzz"),
        ("CREDITS_MAX", "zzz"),
        ("CREDITS_MAX", "0"),
        ("CREDITS_MAX", "-1"),
        ("CREDITS_MAX", "1.5"),
        ("CREDITS_MAX", "100001"),
        ("CREDITS_MAX", "٣"),
        ("GRANT_DELAY_SECONDS", "zzz"),
        ("GRANT_DELAY_SECONDS", "604801"),
        ("REASON_ON_TICKET", "zzz"),
        ("LETTER_LANGUAGE", "fr"),
        ("REPLIES", "answer"),
        ("SEND_LETTER", "always"),
        ("SMTP_URL", "zzz"),
        ("SMTP_URL", "http://zzz"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://user:zzz℀@mail.example.is"),
        ("SMTP_URL", "smtp://user:zzz@mail.example.is:port"),
        ("MAIL_FROM", "zzz"),
        ("MAIL_FROM", "zzz <zzz>"),
        ("STAFF_EMAILS", "anna@example.is,zzz"),
        ("RETENTION_DAYS", "zzz"),
    ],
)
def test_a_malformed_value_is_refused_by_name_and_not_quoted(name: str, value: str) -> None:
    companions = {"MAIL_FROM": "credits@example.is", "CRM_PIPELINE": "1"}
    (line,) = wrong(**{**companions, name: value})

    assert name in line.split()[:2]
    assert "zzz" not in line


@how(deadline=None)
@given(
    st.sampled_from([setting.name for setting in SETTINGS]),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20),
)
def test_whatever_is_given_is_read_or_refused_by_name(name: str, value: str) -> None:
    value = "§" + value
    try:
        read_config({**GOOD, name: value})
    except BadSettings as error:
        refusal = str(error)
        named, quoted = name in refusal, "§" in refusal
    else:
        named, quoted = True, False

    assert (named, quoted) == (True, False)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SMTP_URL": "smtp://mail.example.is"}, "MAIL_FROM"),
        ({"CREDITS_API_URL": "https://credits.example.is"}, "CREDITS_API_TOKEN"),
        ({"CRM_STAGES": STAGES}, "CRM_PIPELINE"),
        ({"HUBSPOT_FORM_URL": ""}, "HUBSPOT_FORM_ID"),
    ],
)
def test_what_is_needed_beside_something_else(changes: dict[str, str], named: str) -> None:
    (line,) = wrong(**changes)

    assert line.split()[1] == named


@pytest.mark.parametrize("left_out", Stage)
def test_some_stages_without_the_others_are_refused(left_out: Stage) -> None:
    some = ",".join(pair for pair in STAGES.split(",") if not pair.startswith(f"{left_out}="))

    (line,) = wrong(CRM_STAGES=some, CRM_PIPELINE="1")

    assert line.split()[1] == "CRM_STAGES"


def test_all_stages_are_taken() -> None:
    config = read_config({**GOOD, "CRM_STAGES": STAGES, "CRM_PIPELINE": "1"})

    assert config.crm_stages == {stage: str(1000 + n) for n, stage in enumerate(Stage)}


def test_an_address_loses_the_slash_at_its_end() -> None:
    config = read_config({**GOOD, "PUBLIC_BASE_URL": "https://credits.example.is/desk/"})

    assert config.public_base_url == "https://credits.example.is/desk"


@pytest.mark.parametrize(
    ("name", "given", "read", "warns"),
    [
        ("HUBSPOT_PORTAL_ID", "4800530", "4800530", False),
        ("HUBSPOT_PORTAL_ID", "62515", "62515", True),
        (
            "HUBSPOT_FORM_ID",
            "2934B12B-A885-4ADD-8E82-821A8B83388D",
            "2934b12b-a885-4add-8e82-821a8b83388d",
            False,
        ),
        (
            "HUBSPOT_FORM_ID",
            "c2e945ca-53de-45b6-820f-8a8ded7b49e2",
            "c2e945ca-53de-45b6-820f-8a8ded7b49e2",
            True,
        ),
    ],
)
def test_an_id_of_its_own_wins_over_the_share_link(
    caplog: pytest.LogCaptureFixture, name: str, given: str, read: str, warns: bool
) -> None:
    with caplog.at_level(logging.WARNING):
        config = read_config({**GOOD, name: given})

    assert getattr(config, name.lower()) == read
    assert (name in caplog.text) is warns


def test_without_a_share_link_the_ids_are_enough() -> None:
    form_id = "2934b12b-a885-4add-8e82-821a8b83388d"
    config = read_config({**GOOD, "HUBSPOT_FORM_URL": "", "HUBSPOT_FORM_ID": form_id})

    assert (config.hubspot_form_id, config.hubspot_portal_id) == (form_id, "")


SECRETS: dict[str, Callable[[Config], object]] = {
    "SEALING_KEYSET": lambda config: config.keyset(),
    "SECRET_KEY": lambda config: config.secret_key(),
    "HUBSPOT_ACCESS_TOKEN": lambda config: config.hubspot_access_token(),
    "HUBSPOT_CLIENT_SECRETS": lambda config: config.hubspot_client_secrets()[0],
    "CREDITS_API_TOKEN": lambda config: config.credits_api_token(),
    "SMTP_URL": lambda config: config.smtp_url and config.smtp_url(),
}


def secret_in(file: Path, name: str) -> Config:
    others = {other: value for other, value in GOOD.items() if other != name}
    return read_config({**others, "MAIL_FROM": "a@example.is", f"{name}_FILE": str(file)})


def write(file: Path, text: str) -> None:
    """Write a file whose time is surely another than before."""
    file.write_text(text)
    times = file.stat().st_mtime_ns + 1_000_000_000
    os.utime(file, ns=(times, times))


def test_the_secrets_are_those_that_the_table_calls_so() -> None:
    named = {setting.name for setting in SETTINGS if setting.secret}
    assert named == {*SECRETS, "DATABASE_URL"}  # which is read at the start only


def test_the_database_may_be_named_in_a_file_and_its_password_is_nowhere_shown(
    tmp_path: Path,
) -> None:
    (tmp_path / "database").write_text("postgresql://desk:hunter2@db.example.is/desk\n")
    config = secret_in(tmp_path / "database", "DATABASE_URL")

    address = config.database()
    assert address.file is None
    assert address.server == "postgresql://desk:hunter2@db.example.is/desk"
    assert "hunter2" not in repr(address)
    assert "hunter2" not in repr(config)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_in_a_file_is_read_again_when_it_has_changed(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    write(file, "smtp://one\n")
    config = secret_in(file, name)
    get = SECRETS[name]
    assert get(config) == "smtp://one"

    write(file, "smtp://two\n")
    assert get(config) == "smtp://two"

    file.unlink()
    assert get(config) == "smtp://two"

    file.write_text("")
    assert get(config) == "smtp://two"

    write(file, "smtp://three")
    assert get(config) == "smtp://three"


def test_a_changed_secret_that_makes_no_sense_does_not_replace_a_good_one(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    write(file, "old,new")
    config = secret_in(file, "HUBSPOT_CLIENT_SECRETS")

    for nonsense in (b"", b"\n", b" , ", b"\xff\xfe"):
        file.write_bytes(nonsense)
        assert config.hubspot_client_secrets() == ("old", "new")


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_noticed(tmp_path: Path) -> None:
    file, other = tmp_path / "secret", tmp_path / "other"
    file.write_text("one")
    other.write_text("two")
    times = (1, 1)
    os.utime(file, ns=times)
    os.utime(other, ns=times)
    config = secret_in(file, "SECRET_KEY")
    assert config.secret_key() == "one"

    other.replace(file)
    assert config.secret_key() == "two"


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("content", [None, b"", b" \n", b"zzz\xff\xfe"])
def test_a_secret_file_that_is_away_or_holds_nothing_is_refused(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadSettings) as raised:
        secret_in(file, name)

    (line,) = str(raised.value).splitlines()[1:]
    assert line.split()[1] == name
    assert "file" in line
    assert "zzz" not in line
    assert "0xff" not in line


def test_a_token_file_that_is_away_does_not_hide_the_other_faults(tmp_path: Path) -> None:
    lines = wrong(
        CREDITS_API_URL="https://credits.example.is",
        CREDITS_API_TOKEN_FILE=str(tmp_path / "away"),
        CREDITS_MAX="x",
    )

    assert [line.split()[1] for line in lines] == ["CREDITS_API_TOKEN", "CREDITS_MAX"]


def test_only_secrets_come_from_files(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("https://credits.example.is")

    (line,) = wrong(PUBLIC_BASE_URL="", PUBLIC_BASE_URL_FILE=str(file))
    assert "is missing" in line


def test_no_repr_shows_a_secret(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("zzz-in-a-file")
    config = read_config(
        {
            **GOOD,
            **dict.fromkeys(SECRETS, "smtp://zzz-secret"),
            "SECRET_KEY": "",
            "SECRET_KEY_FILE": str(file),
            "MAIL_FROM": "a@example.is",
        }
    )

    assert config.secret_key() == "zzz-in-a-file"
    assert "https://credits.example.is" in repr(config)
    assert "zzz" not in repr(config)


def test_every_setting_is_somewhere_in_the_config() -> None:
    # Two settings speak of the form, and one is told in milliseconds.
    assert len(SETTINGS) == len(fields(Config)) + 1
