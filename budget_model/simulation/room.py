"""Cells of a memory that are taken and left again."""

from __future__ import annotations


class Room:
    """A memory of `top` cells. What is taken fills the smallest gap that holds it, else it is added at the end."""

    def __init__(self, top: int) -> None:
        self.top = top
        self._gaps: dict[int, int] = {}  # the size of each gap, by its first cell

    def taken(self, size: int) -> int:
        """Return the first of so many cells, which are taken from now on."""
        fitting = [(free, first) for first, free in self._gaps.items() if free >= size]
        if not size or not fitting:
            self.top += size
            return self.top - size
        free, first = min(fitting)
        del self._gaps[first]
        if free > size:
            self._gaps[first + size] = free - size
        return first

    def left(self, first: int, size: int) -> None:
        """Take back cells that nobody needs any more; gaps beside each other become one."""
        if not size:
            return
        end = first + size
        size += self._gaps.pop(end, 0)
        before = next((start for start, free in self._gaps.items() if start + free == first), None)
        if before is None:
            self._gaps[first] = size
        else:
            self._gaps[before] += size
