"""The share link of a form, from which its portal and id are read.

The encoding is not documented. It was worked out from public links whose form is known: a digit,
the form's UUID in 22 characters of base64url, and the portal's id in base 36, which newer links
carry in the host name instead.
"""

import base64
import re
import uuid
from urllib.parse import urlsplit

_HOST = re.compile(r"(?:(?P<portal>[0-9a-z]+)\.)?share(?:-[a-z]{2}\d)?\.hsforms\.com")
_PATH = re.compile(r"/[12](?P<form>[A-Za-z0-9_-]{22})(?P<portal>[0-9a-z]*)/?")
_NOT_A_LINK = (
    "HUBSPOT_FORM_URL is not the share link of a form, such as https://share.hsforms.com/2KTSx…: "
    "copy it from the form's share dialog, or set HUBSPOT_PORTAL_ID and HUBSPOT_FORM_ID instead"
)


def read_share_link(url: str) -> tuple[str, str]:
    """The portal's id and the form's. Raises :class:`ValueError` with a sentence for operators."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise ValueError(_NOT_A_LINK) from None
    host, path = _HOST.fullmatch(parts.hostname or ""), _PATH.fullmatch(parts.path)
    if parts.scheme != "https" or not host or not path:
        raise ValueError(_NOT_A_LINK)
    portal = path["portal"] or host["portal"]
    form = uuid.UUID(bytes=base64.urlsafe_b64decode(path["form"] + "=="))
    # The vendor's ids are random UUIDs, so anything else was mistyped.
    if not portal or form.version != 4:
        raise ValueError(_NOT_A_LINK)
    return str(int(portal, 36)), str(form)
