"""The Django app `editions`."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """Freezes the working tables into a Plan, numbers it, chains its hash, keeps it, approves it."""

    name = "veikart.editions"

    def ready(self) -> None:
        """Hand councils what they ask of editions."""
        from veikart.council import from_editions  # noqa: PLC0415 (models are there only now)
        from veikart.editions.telling import telling  # noqa: PLC0415 (as above)

        from_editions.hand_in(telling())
