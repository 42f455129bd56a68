"""Which groups stand side by side, and on which way each link runs. Orders and counts; computes no
coordinate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from macros.facts.model import Group, Link

Block = tuple[Group, ...]  # one group over the whole width, or several in pairs
BlockOf = Mapping[str, int]  # id of a group → index of its block
Fit = Callable[[Group, Group], bool]  # whether two groups may stand side by side


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What passes between two groups; `ends` in the order of the groups."""

    ends: tuple[str, str]
    labels: tuple[str, ...]


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
        """How many lanes the combs need, those below the first one included."""
        return max((comb.lane + 1 for comb in self.combs), default=0)

    def combs_at(self, id: str) -> tuple[Comb, ...]:
        """The combs that reach a group."""
        return tuple(comb for comb in self.combs if id in comb.groups)

    def leads_to(self, block: int) -> bool:
        """Whether an arrow comes down to a block from the one above."""
        return block in self.straight or block in self.fans

    def labels_beside(self, block: int) -> tuple[str, ...]:
        """Labels of the arrow that leads down to a block."""
        if block in self.straight:
            return self.straight[block].labels
        if block in self.fans:
            return self.fans[block][0].labels
        return ()

    def labels_aside(self, block: int) -> tuple[str, ...]:
        """Labels of the arrows that pass on the right side."""
        labels: list[str] = []
        for comb in self.combs:
            if comb.gap == block:
                labels += comb.labels
        return tuple(labels)


def ties(groups: Sequence[Group], links: Sequence[Link]) -> tuple[Tie, ...]:
    """Links, with those between the same two groups made one.

    In the order of the links; a link of a group to itself is left out.
    """
    order = {group.id: index for index, group in enumerate(groups)}
    labels: dict[tuple[str, str], list[str]] = {}
    for link in links:
        first, second = sorted(link.between, key=order.__getitem__)
        if first != second:
            labels.setdefault((first, second), []).append(link.label)
    found = []
    for ends, texts in labels.items():
        found.append(Tie(ends=ends, labels=tuple(texts)))
    return tuple(found)


# Blocks


def blocks(groups: Sequence[Group], joined: Sequence[Tie], fit: Fit) -> tuple[Block, ...]:
    """The groups in their order, in blocks that stand below each other.

    A block is one group over the whole width, or groups in pairs: those that `fit` and are linked
    to nothing but the group above.
    """
    placed: list[Block] = []
    start = 0
    while start < len(groups):
        above = None
        if placed and len(placed[-1]) == 1:
            above = placed[-1][0].id
        block = _next_block(groups[start:], above, joined, fit)
        placed.append(block)
        start += len(block)
    return tuple(placed)


def _next_block(
    groups: Sequence[Group],
    above: str | None,
    joined: Sequence[Tie],
    fit: Fit,
) -> Block:
    """The first group, and those after it that may stand in pairs with it."""
    block = [groups[0]]
    for group in groups[1:]:
        if not _linked_alike([*block, group], above, joined) or not fit(groups[0], group):
            break
        block.append(group)
    return tuple(block)


def _linked_alike(groups: Sequence[Group], above: str | None, joined: Sequence[Tie]) -> bool:
    """Whether the groups are linked to nothing, or in the same words to the group above."""
    ids = {group.id for group in groups}
    labels = set()
    for tie in joined:
        if ids.isdisjoint(tie.ends):
            continue
        if tie.ends[0] != above:
            return False
        labels.add(tie.labels)
    return len(labels) <= 1


# Ways


def ways(placed: Sequence[Block], joined: Sequence[Tie], first_lane: int = 0) -> Ways:
    """How each link runs between the blocks; lanes below `first_lane` are taken.

    Straight to the block below, as a fan to pairs of groups, else as a comb along the side.
    """
    block_of: dict[str, int] = {}
    for index, groups in enumerate(placed):
        for group in groups:
            block_of[group.id] = index
    fans: dict[int, tuple[Tie, ...]] = {}
    others = []
    for tie in joined:
        index = block_of[tie.ends[1]]
        if len(placed[index]) > 1:
            fans[index] = (*fans.get(index, ()), tie)
        else:
            others.append(tie)
    straight: dict[int, Tie] = {}
    combs = []
    for bundle in _bundles(others, block_of):
        tie = bundle[0]
        if len(bundle) == 1 and _is_near(tie, block_of):
            straight[block_of[tie.ends[1]]] = tie
        else:
            combs.append(_comb(bundle, others, block_of))
    return Ways(
        straight=straight,
        fans=fans,
        combs=_in_lanes(combs, block_of, first_lane),
    )


def _is_near(tie: Tie, block_of: BlockOf) -> bool:
    """Whether a tie joins neighbouring blocks."""
    first, second = tie.ends
    return block_of[second] - block_of[first] == 1


def _bundles(joined: Sequence[Tie], block_of: BlockOf) -> list[tuple[Tie, ...]]:
    """Ties that share a group and their words, made one comb; others alone.

    Only where one of them has a long way. Each tie is in one bundle, the largest first.
    """
    remaining = list(joined)
    bundles: list[tuple[Tie, ...]] = []
    while remaining:
        bundle = max(_shared(remaining, block_of), key=len, default=())
        if len(bundle) < 2:
            bundle = (remaining[0],)
        bundles.append(bundle)
        remaining = [tie for tie in remaining if tie not in bundle]
    return bundles


def _shared(joined: Sequence[Tie], block_of: BlockOf) -> Iterator[tuple[Tie, ...]]:
    """For each group and its words: the ties that share both, if one of them has a long way."""
    tried = set()
    for tie in joined:
        for end in tie.ends:
            if (end, tie.labels) in tried:
                continue
            tried.add((end, tie.labels))
            same = _ties_at(end, tie.labels, joined)
            if not all(_is_near(each, block_of) for each in same):
                yield same


def _ties_at(id: str, labels: tuple[str, ...], joined: Sequence[Tie]) -> tuple[Tie, ...]:
    """The ties of a group with these labels."""
    return tuple(tie for tie in joined if id in tie.ends and tie.labels == labels)


def _comb(bundle: Sequence[Tie], joined: Sequence[Tie], block_of: BlockOf) -> Comb:
    """The way of a bundle along the right side.

    The labels stand where they cannot be taken for another's: at the end that has fewer ties.
    """
    ends: set[str] = set()
    for tie in bundle:
        ends |= {*tie.ends}
    groups = sorted(ends, key=block_of.__getitem__)
    first = groups[0]
    last = groups[-1]
    is_shared = len(bundle) > 1 and all(first in tie.ends for tie in bundle)
    at_first = is_shared or _degree(first, joined) < _degree(last, joined)
    gap = block_of[first] + 1 if at_first else block_of[last]
    return Comb(
        groups=tuple(groups),
        labels=bundle[0].labels,
        gap=gap,
    )


def _degree(id: str, joined: Sequence[Tie]) -> int:
    """How many ties a group has."""
    return sum(id in tie.ends for tie in joined)


def _in_lanes(combs: Sequence[Comb], block_of: BlockOf, first_lane: int) -> tuple[Comb, ...]:
    """The combs with their lanes: short ways next to the groups, long ways outside.

    No two beside each other are in one lane.
    """

    def length(comb: Comb) -> int:
        """How many blocks a comb spans."""
        first, last = _ends(comb, block_of)
        return last - first

    placed: list[Comb] = []
    for comb in sorted(combs, key=length):
        taken = {other.lane for other in placed if _overlap(comb, other, block_of)}
        lane = first_lane
        while lane in taken:
            lane += 1
        placed.append(replace(comb, lane=lane))
    return tuple(placed)


def _overlap(one: Comb, other: Comb, block_of: BlockOf) -> bool:
    """Whether two combs pass the same block."""
    one_first, one_last = _ends(one, block_of)
    other_first, other_last = _ends(other, block_of)
    return other_first <= one_last and one_first <= other_last


def _ends(comb: Comb, block_of: BlockOf) -> tuple[int, int]:
    """The first and the last block that a comb reaches."""
    first = comb.groups[0]
    last = comb.groups[-1]
    return block_of[first], block_of[last]
