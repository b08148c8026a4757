"""Mails, handed to a real server on this machine."""

import email
import email.policy
import shutil
import ssl
import subprocess
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from casework.errors import Leak, OutsideError, Refused, Unavailable
from casework.ports import Digest, Mail, MailKind, OldRequest
from integrations.mail import SmtpMailer
from integrations.mail_texts import MailTexts
from tests.fakes.open_gate import OpenGate

GATE = OpenGate()


PRO = "pia.pro@example.org"
DAY = 1_795_392_000_000  # 23 November 2026


class Server(Controller):
    """Keeps mails; answers what it is told to."""

    def __init__(self, **more: Any) -> None:
        self.mails: list[tuple[str, list[str], EmailMessage]] = []
        self.rcpt_answer = self.data_answer = ""
        super().__init__(self, hostname="127.0.0.1", port=0, **more)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.rcpt_answer:
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer or "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        message = email.message_from_bytes(
            cast(bytes, envelope.content), policy=email.policy.default
        )
        self.mails.append((str(envelope.mail_from), envelope.rcpt_tos, message))
        return self.data_answer or "250 OK"

    def _trigger_server(self) -> None:
        self.port = cast(Any, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.stop()


def mailer(server: Server, **more: Any) -> SmtpMailer:
    url = f"smtp://127.0.0.1:{server.port}"
    return SmtpMailer(
        lambda: url,
        "Credits Desk <desk@example.com>",
        gate=GATE,
        timeout=2.0,
        **more,
    )


def mail(kind: MailKind = MailKind.GRANTED, to: str = PRO) -> Mail:
    return Mail(kind, to, "CR-7K2M9-QX4TDH", DAY, 4 if kind is MailKind.GRANTED else None)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("kind", list(MailKind))
def test_every_mail_arrives_in_two_forms(server: Server, kind: MailKind) -> None:
    mailer(server).send(mail(kind))
    ((sender, recipients, message),) = server.mails
    assert (sender, recipients) == ("desk@example.com", [PRO])
    assert message.get_content_type() == "multipart/alternative"
    for form in ("plain", "html"):
        assert "CR-7K2M9-QX4TDH" in part(message, form)
        assert "23 November 2026" in part(message, form)
    assert "CR-7K2M9-QX4TDH" in message["Subject"]
    assert message["Subject"] not in part(message, "plain")


def test_headers(server: Server) -> None:
    for kind in (MailKind.RECEIVED, MailKind.RECEIVED, MailKind.GRANTED):
        mailer(server).send(mail(kind))
    first, again, other = (message for _, _, message in server.mails)
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["From"] == "Credits Desk <desk@example.com>"
    assert first["To"] == PRO
    assert first["Date"]
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert "pia" not in first["Message-ID"]


def test_what_the_mails_say() -> None:
    texts = MailTexts()
    granted = texts.write(mail())
    assert "4 credits were added to your client’s account" in granted.text
    one = texts.write(Mail(MailKind.GRANTED, PRO, "CR-1", DAY, 1))
    assert "1 credit was added" in one.text
    assert one.subject.startswith("1 credit was added")
    declined = texts.write(mail(MailKind.DECLINED))
    assert "arrange payment\ndirectly with your client" in declined.text
    assert "arrange payment directly with your client" in declined.html


@pytest.mark.parametrize("kind", list(MailKind))
def test_mails_are_for_everybody(kind: MailKind) -> None:
    html = MailTexts().write(mail(kind)).html
    assert '<html lang="en">' in html
    assert "<title>" in html
    assert "prefers-color-scheme: dark" in html
    for foreign in ("http://", "https://", "<img", "<script", "<link"):
        assert foreign not in html


@pytest.mark.parametrize(
    ("rcpt", "data", "kind", "code"),
    [
        (f"550 no such user {PRO}", "", Refused, "550"),
        (f"451 {PRO} try later", "", Unavailable, "451"),
        ("", "554 no", Refused, "554"),
        ("", "452 full", Unavailable, "452"),
    ],
)
def test_refusals(server: Server, rcpt: str, data: str, kind: type, code: str) -> None:
    server.rcpt_answer, server.data_answer = rcpt, data
    error = fail(mailer(server), mail())
    assert (type(error), error.code) == (kind, code)


def fail(mailer: SmtpMailer, mail: Mail) -> OutsideError:
    with pytest.raises(OutsideError) as caught:
        mailer.send(mail)
    assert "example.org" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    return caught.value


def test_no_server() -> None:
    error = fail(
        SmtpMailer(lambda: "smtp://127.0.0.1:9", "desk@example.com", gate=GATE),
        mail(),
    )
    assert (type(error), error.code) == (Unavailable, "ConnectionRefusedError")


@pytest.mark.parametrize(
    "to", ["", "pia", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "a b@c"]
)
def test_what_is_no_address_is_refused(server: Server, to: str) -> None:
    assert fail(mailer(server), mail(to=to)).code == "BAD_ADDRESS"
    assert not server.mails


def test_an_address_beyond_ascii(server: Server) -> None:
    mailer(server).send(mail(to="zoë@example.org"))
    assert server.mails[0][1] == ["zoë@example.org"]


def test_an_address_beyond_ascii_that_the_server_cannot_take() -> None:
    server = Server(enable_SMTPUTF8=False)
    server.start()
    try:
        error = fail(mailer(server), mail(to="björn@example.org"))
        mailer(server).send(mail())
    finally:
        server.stop()
    assert (type(error), error.code) == (Refused, "ADDRESS_NEEDS_SMTPUTF8")
    assert len(server.mails) == 1


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("certificate")
    paths = folder / "key.pem", folder / "cert.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(paths[0]), "-out", str(paths[1])]
    subprocess.run(command, check=True, capture_output=True)
    return paths


@pytest.mark.parametrize("url", ["smtp+starttls://{}", "smtp://{}?starttls", "smtps://{}"])
def test_tls_and_a_password(certificate: tuple[Path, Path], url: str) -> None:
    key, cert = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    logins: list[tuple[bytes, bytes]] = []

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        logins.append((data.login, data.password))
        return AuthResult(success=True)

    smtps = url.startswith("smtps")
    tls = {"ssl_context": context} if smtps else {"tls_context": context}
    server = Server(authenticator=check, auth_require_tls=not smtps, **tls)
    server.start()
    try:
        address = url.format(f"d%40sk:p%2Fw@127.0.0.1:{server.port}")
        trusting = ssl.create_default_context(cafile=str(cert))
        SmtpMailer(lambda: address, "desk@example.com", gate=GATE, tls=trusting).send(mail())
        distrusting = SmtpMailer(lambda: address, "desk@example.com", gate=GATE)
        assert fail(distrusting, mail()).code == "SSLCertVerificationError"
    finally:
        server.stop()
    assert logins == [(b"d@sk", b"p/w")]
    assert len(server.mails) == 1


def test_a_server_without_tls_gets_no_mail(server: Server) -> None:
    url = f"smtp+starttls://127.0.0.1:{server.port}"
    error = fail(SmtpMailer(lambda: url, "desk@example.com", gate=GATE), mail())
    assert (type(error), error.code) == (Unavailable, "SMTPNotSupportedError")
    assert not server.mails


# --- to staff -------------------------------------------------------------------------------------

DIGEST = Digest(
    planned_at=DAY,
    erase_from=DAY + 7 * 86_400_000,
    days=365,
    requests=[OldRequest("CR-7K2M9-QX4TDP", "Credits added", DAY - 366 * 86_400_000)],
    requests_more=12,
    deliveries=1,
    entries=2,
    waiting=[("CR-W4K2N-TNDAD8", "still open: close its ticket")],
    waiting_more=3,
)


def test_a_digest_says_what_goes_when_and_what_waits(server: Server) -> None:
    mailer(server).tell_staff(DIGEST, "staff@example.org")
    ((_, recipients, message),) = server.mails
    assert recipients == ["staff@example.org"]
    assert message["Subject"] == (
        "To be erased from 30 November 2026 on: what was kept for 365 days"
    )
    for form in ("plain", "html"):
        said = " ".join(part(message, form).split())
        for words in (
            "what identifies people in 13 requests",
            "CR-7K2M9-QX4TDP",
            "Credits added, 22 November 2025",
            "and 12 more",
            "desk hold",
            "1 delivery from HubSpot could not be read",
            "2 addresses of clients in the embedded ledger",
            "CR-W4K2N-TNDAD8",
            "still open: close its ticket",
            "and 3 more",
            "It names nobody.",
        ):
            assert words in said, (form, words)
    assert message["Subject"] not in part(message, "plain")
    assert part(message, "plain").startswith("Hello,")


def test_a_digest_that_only_tells_what_waits(server: Server) -> None:
    nothing = replace(DIGEST, requests=(), requests_more=0, deliveries=0, entries=0)
    mailer(server).tell_staff(nothing, "staff@example.org")
    ((_, _, message),) = server.mails
    assert message["Subject"] == "Not closed for 365 days: 4 to look at"
    for form in ("plain", "html"):
        assert "erased from" not in part(message, form)
        assert "CR-W4K2N-TNDAD8" in part(message, form)


def test_the_same_digest_has_the_same_message_id(server: Server) -> None:
    for digest in (DIGEST, DIGEST, replace(DIGEST, planned_at=DAY + 1)):
        mailer(server).tell_staff(digest, "staff@example.org")
    first, again, other = (message["Message-ID"] for _, _, message in server.mails)
    assert first == again != other


class KnowsJona(OpenGate):
    """A gate that stops one address."""

    def check(self, where: str, units: Iterable[Sequence[str]], **_: object) -> None:
        if any("jona@" in text for unit in units for text in unit):
            raise Leak(where)


def test_a_digest_that_names_somebody_does_not_leave(server: Server) -> None:
    url = f"smtp://127.0.0.1:{server.port}"
    careful = SmtpMailer(lambda: url, "desk@example.com", gate=KnowsJona())
    naming = replace(DIGEST, waiting=[("CR-W4K2N-TNDAD8", "jona@example.is")])
    with pytest.raises(Leak):
        careful.tell_staff(naming, "staff@example.org")
    careful.tell_staff(DIGEST, "staff@example.org")
    assert len(server.mails) == 1


def test_a_server_that_refuses_a_digest(server: Server) -> None:
    server.rcpt_answer = "550 no such user"
    with pytest.raises(Refused):
        mailer(server).tell_staff(DIGEST, "staff@example.org")
