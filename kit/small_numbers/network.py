"""What a reader can work out about a table, found exactly: cells and totals as pipes, people as water.

From a source a pipe leads to each row (the row's total), from each row one to each column (the cells), from
each column one to a drain (the column's total), and from the drain one back to the source (the total of
all). The true table is a flow that nowhere gets lost. What is printed bounds each pipe. A cell can hold one
person more, as far as a reader can tell, exactly if one more can be sent round a loop through its pipe
within all bounds. Flows with whole bounds have whole solutions, so there are no fractions to worry about,
and no gaps between the least and the most.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kit.small_numbers.tables import EVERY, TOTAL, Place, Table

Bounds = Mapping[Place, tuple[int, int]]
Arrivals = dict[int, tuple[Place, int] | None]  # through which pipe a node was reached; 1 with it, -1 against


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the flow of a pipe could be moved, and the pipes whose bounds stopped it, if any did."""

    flow: int
    stopped_by: frozenset[Place]


class Network:
    """The pipes of one table, with the true counts flowing through them."""

    def __init__(self, table: Table) -> None:
        rows, columns = len(table.rows), len(table.columns)
        source, drain = 0, rows + columns + 1
        self.pipes: dict[Place, tuple[int, int]] = {TOTAL: (drain, source)}
        self.pipes |= {(row, EVERY): (source, 1 + row) for row in range(rows)}
        self.pipes |= {(EVERY, column): (1 + rows + column, drain) for column in range(columns)}
        self.pipes |= {(row, column): (1 + row, 1 + rows + column) for row, column in table.parts(TOTAL)}
        self.counts = {place: table.count(place) for place in self.pipes}
        self._at: dict[int, list[Place]] = {node: [] for node in range(drain + 1)}
        for place, ends in self.pipes.items():
            for node in ends:
                self._at[node].append(place)

    def move(self, place: Place, goal: int, bounds: Bounds) -> Extent:
        """Move the flow of one pipe as near to `goal` as the bounds of all others let it."""
        flow = dict(self.counts)
        tail, head = self.pipes[place]
        while flow[place] != goal:
            direction = 1 if flow[place] < goal else -1
            start, end = (head, tail) if direction > 0 else (tail, head)
            arrivals = self._explore(start, place, flow, bounds)
            if end not in arrivals:
                return Extent(flow[place], self._edge(set(arrivals), place))
            way = list(self._way(end, arrivals))
            step = min(abs(goal - flow[place]), *(_room(pipe, sign, flow, bounds) for pipe, sign in way))
            for pipe, sign in [*way, (place, direction)]:
                flow[pipe] += sign * step
        return Extent(goal, frozenset())

    def _explore(self, start: int, without: Place, flow: Mapping[Place, int], bounds: Bounds) -> Arrivals:
        """Find every node that one more person can reach from `start`, and the last pipe on the way."""
        arrivals: Arrivals = {start: None}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for pipe in self._at[node]:
                tail, head = self.pipes[pipe]
                sign, other = (1, head) if tail == node else (-1, tail)
                if pipe != without and other not in arrivals and _room(pipe, sign, flow, bounds):
                    arrivals[other] = pipe, sign
                    waiting.append(other)
        return arrivals

    def _way(self, end: int, arrivals: Arrivals) -> Iterator[tuple[Place, int]]:
        """Walk back from `end` to where the search began."""
        while (arrival := arrivals[end]) is not None:
            yield arrival
            tail, head = self.pipes[arrival[0]]
            end = tail if arrival[1] > 0 else head

    def _edge(self, reached: set[int], without: Place) -> frozenset[Place]:
        """Give the pipes between what was reached and what was not: each is at a bound."""
        ends = self.pipes.items()
        return frozenset(
            pipe for pipe, (a, b) in ends if pipe != without and (a in reached) != (b in reached)
        )


def _room(pipe: Place, sign: int, flow: Mapping[Place, int], bounds: Bounds) -> int:
    """Say how many more (or, against the pipe, fewer) people the pipe may carry."""
    least, most = bounds[pipe]
    return most - flow[pipe] if sign > 0 else flow[pipe] - least
