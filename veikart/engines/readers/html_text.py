"""The text of an HTML mail: what a reader sees, line by line; nothing is run and nothing fetched."""

from html.parser import HTMLParser

from veikart.engines.readers.texts import lines

_NOT_SHOWN = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "object", "svg", "iframe"}
)
_APART = frozenset({"p", "div", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4"})
_BLOCKS = _APART | {"br", "tr", "li", "h5", "h6", "pre", "hr", "section", "article"}


class _Shown(HTMLParser):
    """Collects the texts between the tags of what is shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_SHOWN:
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n\n" if tag in _APART else "\n")
        if tag == "li":
            self.pieces.append("• ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _APART:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(" ".join(data.split("\n")))


def html_text(html: str) -> str:
    """What is shown of `html`, one paragraph a line and list items with a mark; "" for nothing."""
    shown = _Shown()
    shown.feed(html)
    shown.close()
    return lines("".join(shown.pieces)) or ""
