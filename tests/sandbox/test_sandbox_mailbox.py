"""Mail arrives, or is refused."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest
import requests

from sandbox.server import Sandbox


def send(sandbox: Sandbox) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "desk@example.org", "pro@example.org"
    message["Subject"] = "Your request is héré"
    message.set_content("Thank you.")
    message.add_alternative("<p>Thank <b>you</b>.</p><script>alert(1)</script>", subtype="html")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port) as smtp:
        smtp.send_message(message)


def test_a_mail_is_kept_and_shown(sandbox: Sandbox) -> None:
    send(sandbox)
    (mail,) = sandbox.mailbox.messages
    assert mail.recipients == ("pro@example.org",)
    assert mail.subject == "Your request is héré"
    page = requests.get(f"{sandbox.url}/mailbox").text
    assert 'data-mail="1"' in page and "Thank you." in page and "<script>alert" not in page


def test_its_html_can_run_nothing(sandbox: Sandbox) -> None:
    send(sandbox)
    answer = requests.get(f"{sandbox.url}/mailbox/1/html")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("status", [451, 554])
def test_a_mail_is_refused(sandbox: Sandbox, status: int) -> None:
    sandbox.faults.add("smtp.refuse", status=status)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(sandbox)
    assert refused.value.smtp_code == status
    assert not sandbox.mailbox.messages
    send(sandbox)
    assert len(sandbox.mailbox.messages) == 1
