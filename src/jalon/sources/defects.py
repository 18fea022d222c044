"""The notebook in which a reader writes the defects of one file."""

from jalon.errors import Refusal

LONGEST_VALUE = 200


class Defects:
    """Refusals of one file, in the order they were met; the value kept is cut at 200 characters."""

    def __init__(self, source: str, file: str) -> None:
        self.source = source
        self.file = file
        self.refusals: list[Refusal] = []
        self.refused_rows: set[int] = set()

    def row(self, row: int, field: str, value: object, code: str, reason: str) -> None:
        """The whole row is left out."""
        self.refused_rows.add(row)
        self._add(row, field, value, code, reason, "row")

    def field(self, row: int, field: str, value: object, code: str, reason: str) -> None:
        """The row stands, this value is unknown."""
        self._add(row, field, value, code, reason, "field")

    def repaired(self, row: int, field: str, value: object, code: str, reason: str) -> None:
        """The row stands as the rule told in `reason` makes it."""
        self._add(row, field, value, code, reason, "repaired")

    def _add(self, row: int, field: str, value: object, code: str, reason: str, effect: str) -> None:
        shown = "" if value is None else str(value)[:LONGEST_VALUE]
        self.refusals.append(Refusal(self.source, self.file, row, field, shown, code, reason, effect))  # type: ignore[arg-type]
