"""Pages of a long list."""

from collections.abc import Callable
from dataclasses import dataclass

SIZE = 25


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the pagination; without `href`, the present page or a gap."""

    label: str
    href: str | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    number: int
    last: int
    total: int
    previous: str | None
    next: str | None
    steps: tuple[Step, ...]

    @property
    def offset(self) -> int:
        return (self.number - 1) * SIZE

    @property
    def first_row(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last_row(self) -> int:
        return min(self.offset + SIZE, self.total)


def paginate(total: int, wanted: int, href: Callable[[int], str]) -> Pages:
    """The page `wanted` of `total` rows, brought back within bounds."""
    last = max(1, -(-total // SIZE))
    number = min(max(1, wanted), last)
    near = sorted({1, number - 1, number, number + 1, last} & set(range(1, last + 1)))
    steps: list[Step] = []
    for before, page in zip([0, *near], near, strict=False):
        if page > before + 1:
            steps.append(Step("…", None))
        steps.append(Step(str(page), None if page == number else href(page), page == number))
    return Pages(
        number, last, total,
        href(number - 1) if number > 1 else None,
        href(number + 1) if number < last else None,
        tuple(steps),
    )  # fmt: skip
