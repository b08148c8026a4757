"""The port Mailer over SMTP: writes the mails of :mod:`integrations.mail_texts` and sends them."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from casework.errors import OutsideError, Refused, Unavailable
from casework.ports import Digest, EgressGate, Mail
from integrations.mail_texts import MailTexts, WrittenMail

SERVICE = "mail server"
OPERATION = "send a mail"
#: For each step of the conversation, in seconds.
TIMEOUT = 15.0
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\\]+@[^\s@<>(),;:\"\\]+")


class SmtpMailer:
    """Hands mails to a server: ``smtp://``, ``smtp+starttls://`` or ``smtps://``.

    ``smtp_url`` may hold ``user:password@`` and is asked before each mail, so a changed password is
    picked up; ``?starttls`` on ``smtp://`` asks for TLS as well. What a mail says passes the
    ``gate`` first.
    """

    def __init__(
        self,
        smtp_url: Callable[[], str],
        mail_from: str,
        *,
        gate: EgressGate,
        texts: MailTexts | None = None,
        timeout: float = TIMEOUT,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._smtp_url, self._mail_from = smtp_url, mail_from
        self._texts, self._timeout = texts or MailTexts(), timeout
        self._gate, self._tls = gate, tls

    def send(self, mail: Mail) -> None:
        """Hand the mail over. Raises :class:`Unavailable` or, for this recipient, Refused."""
        self._deliver(mail.to, self._texts.write(mail), f"{mail.reference.lower()}.{mail.kind}")

    def tell_staff(self, digest: Digest, to: str) -> None:
        """Hand the digest over. Raises :class:`Unavailable` or, for this recipient, Refused."""
        self._deliver(to, self._texts.write_digest(digest), f"retention.{digest.planned_at}")

    def _deliver(self, to: str, written: WrittenMail, id: str) -> None:
        if not _ADDRESS.fullmatch(to):
            raise Refused(SERVICE, OPERATION, "BAD_ADDRESS")
        message = self._write(to, written, id)
        sender = parseaddr(self._mail_from)[1]
        self._attempt(OPERATION, lambda server: _hand_over(server, message, sender, to))

    def check(self) -> None:
        """Greet the server, log in as for a mail, and leave. Raises :class:`Unavailable`."""
        self._attempt("check the server", _greet)

    def _attempt(self, operation: str, act: Callable[[smtplib.SMTP], OutsideError | None]) -> None:
        try:
            with self._connection(urlsplit(self._smtp_url())) as server:
                fault = act(server)
        except smtplib.SMTPResponseException as error:
            fault = Unavailable(SERVICE, operation, str(error.smtp_code))
        except (smtplib.SMTPException, OSError) as error:
            fault = Unavailable(SERVICE, operation, type(error).__name__)
        if fault:
            # Raised out here: what smtplib raises quotes addresses.
            raise fault

    def _write(self, to: str, written: WrittenMail, id: str) -> EmailMessage:
        self._gate.check(f"{SERVICE}: {OPERATION}", [[written.subject, written.text, written.html]])
        message = EmailMessage()
        message["From"], message["To"] = self._mail_from, to
        message["Subject"], message["Date"] = written.subject, formatdate()
        message["Message-ID"] = self._message_id(id)
        # Source: RFC 3834. The second is Exchange's, against its automatic answers.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(written.text)
        message.add_alternative(written.html, subtype="html")
        return message

    def _message_id(self, id: str) -> str:
        """The same for the same mail, so that a mail sent twice shows up once."""
        domain = parseaddr(self._mail_from)[1].rpartition("@")[2] or "credits-desk.invalid"
        return f"<{id}@{domain}>"

    @contextmanager
    def _connection(self, url: SplitResult) -> Iterator[smtplib.SMTP]:
        tls = self._tls or ssl.create_default_context()
        server = self._connect(url, tls)
        try:
            if url.scheme == "smtp+starttls" or "starttls" in url.query.split("&"):
                server.starttls(context=tls)
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            yield server
        finally:
            # What is said at parting changes nothing about a mail that was taken.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connect(self, url: SplitResult, tls: ssl.SSLContext) -> smtplib.SMTP:
        host, port = url.hostname or "localhost", url.port or _PORTS.get(url.scheme, 25)
        if url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=tls)
        return smtplib.SMTP(host, port, timeout=self._timeout)


def _greet(server: smtplib.SMTP) -> None:
    server.ehlo_or_helo_if_needed()


def _hand_over(
    server: smtplib.SMTP, message: EmailMessage, sender: str, recipient: str
) -> OutsideError | None:
    """What went wrong, if anything: only what is said of this recipient or mail is final."""
    try:
        server.send_message(message, sender, [recipient])
    except smtplib.SMTPRecipientsRefused as error:
        return _fault_of(error.recipients[recipient][0])
    except smtplib.SMTPDataError as error:
        return _fault_of(error.smtp_code)
    except smtplib.SMTPNotSupportedError:
        # smtplib asks for SMTPUTF8 by itself where the server offers it, as it does not here.
        return Refused(SERVICE, OPERATION, "ADDRESS_NEEDS_SMTPUTF8")
    except UnicodeError:
        return Refused(SERVICE, OPERATION, "BAD_ADDRESS")
    return None


def _fault_of(code: int) -> OutsideError:
    kind = Refused if 500 <= code < 600 else Unavailable
    return kind(SERVICE, OPERATION, str(code))
