"""Which groups stand side by side, and on which way each link runs. Orders and counts; computes no
coordinate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from macros.facts.model import Group, Link

Block = tuple[Group, ...]  # one group over the whole width, or several in pairs


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What passes between two groups; `ends` in the order of the groups."""

    ends: tuple[str, str]
    labels: tuple[str, ...]

    def other(self, id: str) -> str:
        return self.ends[self.ends[0] == id]


@dataclass(frozen=True, kw_only=True)
class Comb:
    """A way along the right side, from the first of the groups to the last."""

    groups: tuple[str, ...]  # from top to bottom
    labels: tuple[str, ...]
    gap: int  # the labels stand above this block
    lane: int = 0  # from the groups outwards


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Every link, by the way it runs."""

    straight: dict[int, Tie]  # by block: from the group above it
    fans: dict[int, tuple[Tie, ...]]  # by block of pairs: down its middle, from the group above it
    combs: tuple[Comb, ...]

    @property
    def lanes(self) -> int:
        return max((comb.lane + 1 for comb in self.combs), default=0)

    def combs_at(self, id: str) -> tuple[Comb, ...]:
        return tuple(comb for comb in self.combs if id in comb.groups)

    def leads_to(self, block: int) -> bool:
        """Whether an arrow comes down to a block from the one above."""
        return block in self.straight or block in self.fans

    def said_beside(self, block: int) -> tuple[str, ...]:
        """Labels of the arrow that leads down to a block."""
        tie = self.straight.get(block) or next(iter(self.fans.get(block, ())), None)
        return tie.labels if tie else ()

    def said_aside(self, block: int) -> tuple[str, ...]:
        """Labels of the arrows that pass on the right side."""
        return tuple(label for comb in self.combs if comb.gap == block for label in comb.labels)


def ties(groups: Sequence[Group], links: Sequence[Link]) -> tuple[Tie, ...]:
    """Links, with those between the same two groups made one."""
    order = {group.id: at for at, group in enumerate(groups)}
    labels: dict[tuple[str, str], list[str]] = {}
    for link in links:
        first, second = sorted(link.between, key=order.__getitem__)
        labels.setdefault((first, second), []).append(link.label)
    return tuple(
        Tie(ends=ends, labels=tuple(said)) for ends, said in labels.items() if ends[0] != ends[1]
    )


def blocks(
    groups: Sequence[Group], joined: Sequence[Tie], fit: Callable[[Group, Group], bool]
) -> tuple[Block, ...]:
    """The groups in their order. In pairs stand those that `fit` and are linked to nothing but the
    group above.
    """
    placed: list[Block] = []
    at = 0
    while at < len(groups):
        above = placed[-1][0].id if placed and len(placed[-1]) == 1 else None
        placed.append(_alike(groups[at:], above, joined, fit))
        at += len(placed[-1])
    return tuple(placed)


def _alike(
    groups: Sequence[Group],
    above: str | None,
    joined: Sequence[Tie],
    fit: Callable[[Group, Group], bool],
) -> Block:
    """The first group, and those after it that may stand in pairs with it."""
    end = 1
    while (
        end < len(groups)
        and _loose(groups[: end + 1], above, joined)
        and fit(groups[0], groups[end])
    ):
        end += 1
    return tuple(groups[:end])


def _loose(groups: Sequence[Group], above: str | None, joined: Sequence[Tie]) -> bool:
    """Whether the groups are linked to nothing, or in the same words to the group above."""
    ids = {group.id for group in groups}
    theirs = [tie for tie in joined if ids & {*tie.ends}]
    return len({tie.labels for tie in theirs}) <= 1 and all(tie.ends[0] == above for tie in theirs)


def ways(placed: Sequence[Block], joined: Sequence[Tie], first_lane: int = 0) -> Ways:
    """How each link runs between the blocks; lanes below `first_lane` are taken."""
    block = {group.id: at for at, groups in enumerate(placed) for group in groups}
    fans: dict[int, tuple[Tie, ...]] = {}
    rest = []
    for tie in joined:
        at = block[tie.ends[1]]
        if len(placed[at]) > 1:
            fans[at] = (*fans.get(at, ()), tie)
        else:
            rest.append(tie)
    bundles = _bundles(rest, block)
    straight = {block[b[0].ends[1]]: b[0] for b in bundles if len(b) == 1 and _near(b[0], block)}
    combs = [_comb(b, rest, block) for b in bundles if len(b) > 1 or not _near(b[0], block)]
    return Ways(straight=straight, fans=fans, combs=_lanes(combs, block, first_lane))


def _near(tie: Tie, block: dict[str, int]) -> bool:
    return block[tie.ends[1]] - block[tie.ends[0]] == 1


def _bundles(joined: Sequence[Tie], block: dict[str, int]) -> list[tuple[Tie, ...]]:
    """Ties that share a group and their words run together, where one of them has a long way;
    others alone.
    """
    left = list(joined)
    found: list[tuple[Tie, ...]] = []
    while left:
        best = max(_shared(left, block), key=len, default=())
        bundle = best if len(best) > 1 else (left[0],)
        found.append(bundle)
        left = [tie for tie in left if tie not in bundle]
    return found


def _shared(joined: Sequence[Tie], block: dict[str, int]) -> Iterator[tuple[Tie, ...]]:
    for id, labels in {(end, tie.labels): None for tie in joined for end in tie.ends}:
        same = tuple(tie for tie in joined if id in tie.ends and tie.labels == labels)
        if not all(_near(tie, block) for tie in same):
            yield same


def _comb(bundle: Sequence[Tie], joined: Sequence[Tie], block: dict[str, int]) -> Comb:
    """The labels stand where they cannot be taken for another's: at the end that has fewer ties."""
    groups = sorted({end for tie in bundle for end in tie.ends}, key=block.__getitem__)
    degrees = [sum(end in tie.ends for tie in joined) for end in (groups[0], groups[-1])]
    shared = len(bundle) > 1 and all(groups[0] in tie.ends for tie in bundle)
    at_first = shared or (degrees[0] < degrees[1])
    gap = block[groups[0]] + 1 if at_first else block[groups[-1]]
    return Comb(groups=tuple(groups), labels=bundle[0].labels, gap=gap)


def _lanes(combs: Sequence[Comb], block: dict[str, int], first: int) -> tuple[Comb, ...]:
    """Short ways next to the groups, long ways outside; no two beside each other in one lane."""
    taken: list[tuple[int, int, int]] = []  # first block, last block, lane
    placed = []
    for comb in sorted(combs, key=lambda comb: block[comb.groups[-1]] - block[comb.groups[0]]):
        start, end = block[comb.groups[0]], block[comb.groups[-1]]
        beside = {lane for a, b, lane in taken if a <= end and start <= b}
        lane = next(lane for lane in count(first) if lane not in beside)
        taken.append((start, end, lane))
        placed.append(replace(comb, lane=lane))
    return tuple(placed)
