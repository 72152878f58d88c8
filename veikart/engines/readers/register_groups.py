"""The delmål and the groupings that the register's rows stand under, each once."""

from veikart.engines.proposal import Item
from veikart.engines.readers import register_cells as cells
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.register_rows import Fields
from veikart.engines.slugs import slug


class Groups:
    """What rows have named so far."""

    def __init__(self, cautions: Cautions) -> None:
        self._cautions = cautions
        self._delmal: dict[str, Item] = {}
        self._groupings: dict[str, Item] = {}
        self._grouping_uids: dict[tuple[str, str | None], str] = {}

    def items(self) -> tuple[Item, ...]:
        """The delmål, then the groupings, in the order they were named."""
        return (*self._delmal.values(), *self._groupings.values())

    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {"delmal": len(self._delmal), "grouping": len(self._groupings)}

    def delmal(self, fields: Fields) -> cells.DelmalCell | None:
        """The delmål of a row, kept as an item the first time; None if it names none we know."""
        if fields.delmal is None:
            self._cautions.add_at(
                fields.found_at, "delmal_missing", "The row names no delmål.",
                "Give it one in the register, or when the row is accepted.",
            )  # fmt: skip
            return None
        delmal = cells.read_delmal(fields.delmal)
        if delmal is None:
            self._cautions.add_at(
                fields.found_at, "delmal_unknown",
                "Expected a delmål as a code and a title, such as “1A - Title”; found "
                f"“{fields.delmal[:120]}”. The row is kept without a delmål.",
                "Write it as in the register's list of delmål, or choose it when the row is "
                "accepted.",
            )  # fmt: skip
            return None
        self._keep_delmal(fields, delmal)
        return delmal

    def _keep_delmal(self, fields: Fields, delmal: cells.DelmalCell) -> None:
        kept = self._delmal.get(delmal.uid)
        if kept is None:
            self._delmal[delmal.uid] = Item(
                kind="delmal",
                key=delmal.uid,
                values={"code": delmal.code, "title": delmal.title, "goal": delmal.goal},
                found_at=fields.found_at,
            )
        elif kept.values["title"] != delmal.title:
            self._cautions.add_at(
                fields.found_at, "titles_differ",
                f"Delmål {delmal.code} is called “{delmal.title[:120]}” here and "
                f"“{kept.values['title'][:120]}” in row {kept.found_at.row}, which is kept.",
                "Give the delmål one title in the register.",
            )  # fmt: skip

    def grouping(self, fields: Fields, delmal: cells.DelmalCell | None) -> str | None:
        """The uid of a row's grouping, kept as an item the first time; None if it names none."""
        title = fields.grouping
        if title is None:
            self._cautions.add_at(
                fields.found_at, "grouping_missing", "The row names no grouping.",
                "Give it one in the register, or when the row is accepted.",
            )  # fmt: skip
            return None
        known = self._grouping_uids.get((title, delmal.code if delmal else None))
        return known or self._keep_grouping(fields, title, delmal)

    def _keep_grouping(
        self, fields: Fields, title: str, delmal: cells.DelmalCell | None
    ) -> str | None:
        uid = cells.grouping_uid(title, delmal)
        if not slug(title):
            self._cautions.add_at(
                fields.found_at, "grouping_missing",
                f"Expected a grouping with letters in its title; found “{title[:80]}”.",
                "Give it a title in the register, or choose one when the row is accepted.",
            )  # fmt: skip
            return None
        kept = self._groupings.get(uid)
        if kept is None:
            self._groupings[uid] = Item(
                kind="grouping",
                key=uid,
                values={"title": title, "delmal": delmal.uid if delmal else None},
                found_at=fields.found_at,
            )
        else:
            self._cautions.add_at(
                fields.found_at, "titles_differ",
                f"The grouping “{title[:120]}” has the same address as “"
                f"{kept.values['title'][:120]}” in row {kept.found_at.row}; they are taken for one.",
                "If they are two, let their titles differ within the first "
                f"{cells.LONGEST_TITLE} letters; if they are one, write them alike.",
            )  # fmt: skip
        self._grouping_uids[title, delmal.code if delmal else None] = uid
        return uid
