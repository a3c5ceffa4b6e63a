"""Going back and forward over the states of one drawing. Knows nothing of what is on them."""

from __future__ import annotations

from typing import Generic, TypeVar

_State = TypeVar("_State")
_MOST = 500


class History(Generic[_State]):
    """Every state of a drawing, and which of them is the present one."""

    def __init__(self, first: _State) -> None:
        self._states = [first]
        self._at = 0

    @property
    def present(self) -> _State:
        return self._states[self._at]

    @property
    def first(self) -> _State:
        """The state the drawing began with."""
        return self._states[0]

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at + 1 < len(self._states)

    def add(self, state: _State) -> None:
        """A step was taken; what was taken back before is no more."""
        del self._states[self._at + 1 :]
        self._states.append(state)
        if len(self._states) > _MOST:
            del self._states[1]  # never the first: it is what is compared with
        self._at = len(self._states) - 1

    def undo(self) -> None:
        """One step back, if there is one."""
        self._at = max(0, self._at - 1)

    def redo(self) -> None:
        """One step forward again, if there is one."""
        self._at = min(len(self._states) - 1, self._at + 1)
