"""Whose token and whose proxy our calls take: rules for ``requests``, and for who has to match it.

Proxies are those of the environment (``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY``, ``NO_PROXY``),
which ``requests`` obeys by itself; HubSpot's own client has to be told.
Source: https://requests.readthedocs.io/en/latest/user/advanced/#proxies
"""

from collections.abc import Callable, Mapping

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.utils import get_environ_proxies, prepend_scheme_if_needed, select_proxy


class Bearer(AuthBase):
    """Shows a token, asked before each call.

    ``requests`` puts a password of ``~/.netrc`` in place of a mere header.
    """

    def __init__(self, token: Callable[[], str]) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Set the header."""
        request.headers["Authorization"] = f"Bearer {self._token()}"
        return request


def proxy_for(url: str) -> str | None:
    """The proxy that ``requests`` would take for this address, if any."""
    proxy = select_proxy(url, get_environ_proxies(url, no_proxy=None))
    return str(prepend_scheme_if_needed(proxy, "http")) if proxy else None  # type: ignore[no-untyped-call]


def credentials_for(proxy: str) -> Mapping[str, str]:
    """The headers that show the user and password in the proxy's address, if any."""
    return HTTPAdapter().proxy_headers(proxy)
