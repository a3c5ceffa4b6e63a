"""Where the cards over the map stand: in its lower left corner, or its lower right one while the
hand works at the left. They never flee from a pointer that only passes: it may be on its way there.

A card steps once and stays, until the hand comes near it there. No animation.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.geo.coordinates import LatLon
from app.map.view import MapView

EDGE_PX = 12
NEAR_PX = 40  # of the hand, to every side
FAR_PX = 100
NOTE_PX = (210, 76)  # what a tool writes beside the hand, to its right and below
FURNITURE_PX = 60  # the scale and the note under it, in the map's lower right corner
_TOP_PX = 8


class CardPlaces(QObject):
    """Moves the cards that are open; asks the map's tool where the hand works."""

    def __init__(self, view: MapView, cards: Sequence[QWidget]) -> None:
        super().__init__(view)
        self._view = view
        self._cards = tuple(cards)
        self._is_right = dict.fromkeys(self._cards, False)
        view.installEventFilter(self)
        for card in self._cards:
            card.installEventFilter(self)
        view.pointer_moved.connect(self._on_pointer_moved)
        view.view_moved.connect(self.settle)

    def settle(self) -> None:
        """Every card to its corner; to the other one where it would cover what the hand does."""
        hand = self._hand()
        for card in self._cards:
            is_right = self._is_right[card]
            here, there = self._corner(card, right=is_right), self._corner(card, right=not is_right)
            if hand is not None and _steps(here, there, hand):
                self._is_right[card] = not is_right
                here = there
            if card.pos() != here.topLeft():
                card.move(here.topLeft())

    def _corner(self, card: QWidget, *, right: bool) -> QRect:
        left, above = EDGE_PX, EDGE_PX
        if right:
            left = max(EDGE_PX, self._view.width() - card.width() - EDGE_PX)
            above = FURNITURE_PX
        top = max(_TOP_PX, self._view.height() - card.height() - above)
        return QRect(QPoint(left, top), card.size())

    def _hand(self) -> QPoint | None:
        """Where the hand works, in the map's pixels; None where it is not in sight."""
        place = self._view.tool.hand_m if self._view.tool is not None else None
        if place is None:
            return None
        at = self._view.pixel_of(LatLon(*self._view.ground.degrees(*place))).toPoint()
        return at if self._view.rect().contains(at) else None

    def _on_pointer_moved(self, _lat_deg: float, _lon_deg: float) -> None:
        if any(card.isVisible() for card in self._cards):
            self.settle()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched in self._is_right:
            self._is_right[watched] = False  # every card opens at home
            self.settle()
        elif event.type() == QEvent.Type.Resize:
            self.settle()
        return False


def _steps(here: QRect, there: QRect, hand: QPoint) -> bool:
    """Whether a card goes from `here` to `there`: off the hand always, off the note beside it only
    to where the hand is far, so that a hand that trembles between the two moves it once.
    """
    note = QRect(hand, hand + QPoint(*NOTE_PX))
    if here.intersects(_round(hand, NEAR_PX)):
        return not there.intersects(_round(hand, NEAR_PX))
    is_far = not there.intersects(_round(hand, FAR_PX).united(note))
    return here.intersects(note) and is_far


def _round(at: QPoint, reach_px: int) -> QRect:
    return QRect(at, at).adjusted(-reach_px, -reach_px, reach_px, reach_px)
