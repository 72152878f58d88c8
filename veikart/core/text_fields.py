"""Form fields for longer texts: so many lines, and texts that are one on each line."""

from typing import Any

from django import forms


def lines(rows: int) -> forms.Textarea:
    """A field of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class LinesField(forms.CharField):
    """Texts, one on each line; no text is no line."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        super().__init__(required=False, widget=lines(rows), **options)

    def prepare_value(self, value: Any) -> Any:
        """The texts as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """The texts, without blanks around them."""
        if isinstance(value, list | tuple):
            return tuple(value)
        return tuple(line for each in (value or "").splitlines() if (line := each.strip()))
