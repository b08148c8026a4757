"""HTML of mails as the plain text that people read in it."""

import re
from html.parser import HTMLParser

_NOT_READ = frozenset({"style", "script", "head", "title", "template"})
_PARAGRAPHS = frozenset({"p", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr"})
_LINES = frozenset({"br", "div", "li", "tr"})
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
#: What mail programs write for each other. Python's reader gives up at any other such thing.
_CONDITION = re.compile(r"<!\[(?:if[^\[\]<>]{0,200}|endif)\]>", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(markup: str) -> str:
    """The words, with line breaks where the page has them. Broken markup is read as far as it goes.

    Nothing is taken out but markup: what is only hidden from sight stays.
    """
    reader = _Reader()
    reader.feed(_CONDITION.sub("", markup).replace("<![", "&lt;!["))
    reader.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_READ:
            self._unread.append(tag)
        elif tag == "body":
            # A head that nobody closed ends here.
            self._unread.clear()
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            del self._unread[self._unread.index(tag) :]
        if tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            # A line break in the markup is only a space on the page.
            self.parts.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
