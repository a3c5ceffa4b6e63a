"""What one window shows of who holds the console: strip, cards, covers, menu. Joins and wires.

What is allowed is the guard's to say; here it is asked and shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from app.duty.officer import Officer
from app.errors import KnownError
from app.log.rights import ROLE_NAMES
from app.station.profile import Profile
from app.thai.translation import Language, language, say, tr
from app.ui.desk import Desk
from app.ui.sign_in.bound_hands import BoundHands
from app.ui.sign_in.code_card import CodeCard
from app.ui.sign_in.cover import Cover
from app.ui.sign_in.desk_card import DeskCard
from app.ui.sign_in.desk_guard import DeskGuard, nobody
from app.ui.sign_in.founding_card import FoundingCard
from app.ui.sign_in.lock_strip import OFFICER_KEYS, LockStrip
from app.ui.sign_in.own_password_card import OwnPasswordCard
from app.ui.sign_in.recovery_card import RecoveryCard
from app.ui.sign_in.sign_in_card import SignInCard
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

AnyCard = TypeVar("AnyCard", bound=DeskCard)
LOCK_KEYS = "Ctrl+L"
LANGUAGE_KEYS = "Ctrl+Shift+E"
_FREE_KEYS = (OFFICER_KEYS, LANGUAGE_KEYS, "F11")


class SignInRoom(QObject):
    """Made with the window; `strip` stands under its header."""

    told = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(
        self, theme: Theme, window: MainWindow, guard: DeskGuard, desk: Desk, profile: Profile
    ) -> None:
        super().__init__(window)
        self._theme, self._window, self._guard = theme, window, guard
        self._desk, self._profile = desk, profile
        self.strip = LockStrip(theme)
        self.hands = BoundHands(self._is_free, _FREE_KEYS)
        self._cards: list[DeskCard] = []
        self._place_before = ""
        self._field_before: QWidget | None = None
        self._covers: tuple[Cover, ...] = ()
        self.strip.unlock_requested.connect(self._on_unlock)
        self.strip.officer_requested.connect(self.ask_officer)
        self.hands.kept_back.connect(self._take_keyboard)
        guard.changed.connect(self.show_hold)
        guard.about_to_change.connect(self._on_about_to_change)

    def settle(self) -> None:
        """The window's panes are there: cover them where that is wanted, show how it stands."""
        live = self._window.live
        self._covers = tuple(Cover(self._theme, pane) for pane in (live.detail, live.intake))
        self._window.header.officer_pressed.connect(self.open_menu)
        self.show_hold()

    def let_go(self) -> None:
        """The window is going."""
        self.hands.free()
        self._guard.changed.disconnect(self.show_hold)
        self._guard.about_to_change.disconnect(self._on_about_to_change)

    # Cards, made when they are first wanted

    @cached_property
    def sign_in(self) -> SignInCard:
        card = SignInCard(self._theme, self._window)
        card.sign_in_requested.connect(self._on_sign_in)
        card.recovery_requested.connect(self.ask_recovery_code)
        return self._known(card)

    @cached_property
    def founding(self) -> FoundingCard:
        card = FoundingCard(self._theme, self._window)
        card.found_requested.connect(self._on_found)
        return self._known(card)

    @cached_property
    def recovery(self) -> RecoveryCard:
        card = RecoveryCard(self._theme, self._window)
        card.recover_requested.connect(self._on_recover)
        return self._known(card)

    @cached_property
    def code(self) -> CodeCard:
        thai = language() is Language.THAI
        station = self._profile.name_th if thai else self._profile.name_en
        return self._known(CodeCard(self._theme, self._window, self._desk, station))

    @cached_property
    def own_password(self) -> OwnPasswordCard:
        card = OwnPasswordCard(self._theme, self._window)
        card.change_requested.connect(self._on_change_own)
        return self._known(card)

    def _known(self, card: AnyCard) -> AnyCard:
        card.left.connect(self._on_card_left)
        self._cards.append(card)
        return card

    def _open(self, card: DeskCard, *, may_leave: bool) -> None:
        """One card at a time."""
        for other in self._cards:
            if other is not card and other.isVisible():
                other.clear()
                other.hide()
        card.open(may_leave=may_leave)

    def _hide_cards(self) -> None:
        for card in self._cards:
            if card.isVisible() and not isinstance(card, CodeCard):
                card.clear()
                card.hide()

    # What is asked for

    def lock(self) -> None:
        """Ctrl+L."""
        try:
            self._guard.lock()
        except KnownError as error:
            self.failed.emit(error)

    def leave(self) -> None:
        """The officer signs out."""
        try:
            self._guard.leave()
        except KnownError as error:
            self.failed.emit(error)

    def ask_officer(self) -> None:
        """Who takes the console: from nobody, from a locked one, or from who has it."""
        if self._guard.needs_founding:
            self._ask_first_officer()
            return
        holder = self._guard.hold.holder
        self.sign_in.show_officers(self._guard.officers(), holder.id if holder else "")
        self.sign_in.show_sample_password(self._guard.sample_password)
        self._open(self.sign_in, may_leave=holder is not None)

    def _ask_first_officer(self) -> None:
        known = self._guard.recovery.candidates()
        self.founding.show_officer(known[0] if known else None)
        self._open(self.founding, may_leave=False)

    def ask_recovery_code(self) -> None:
        """The code from the safe."""
        self.recovery.show_officers(self._guard.recovery.candidates())
        self._open(self.recovery, may_leave=True)

    def ask_own_password(self) -> None:
        """Another password for who holds the console."""
        holder = self._guard.hold.holder
        if holder is not None and not self._guard.hold.is_bound:
            self.own_password.name = holder.name
            self._open(self.own_password, may_leave=True)

    def show_code(self, code: str) -> None:
        """A recovery code, once."""
        holder = self._guard.hold.holder
        self.code.show_code(code, holder.name if holder else "")

    def open_menu(self) -> None:
        """Under the header's corner."""
        holder = self._guard.hold.holder
        if holder is None or self._guard.hold.is_bound:
            self.ask_officer()
            return
        menu = QMenu(self._window)
        about = menu.addAction(f"{holder.name} · {say(ROLE_NAMES[holder.role])}")
        about.setEnabled(False)
        menu.addSeparator()
        for words, act in (
            (tr("Handover of the shift") + "\tF8", self._window.duty.open),
            (tr("Lock the console") + "\tCtrl L", self.lock),
            (tr("Another officer takes the console…") + "\tCtrl Shift O", self.ask_officer),
            (tr("My password…"), self.ask_own_password),
            (tr("Sign out"), self.leave),
        ):
            row: QAction = menu.addAction(words)
            row.triggered.connect(act)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self._window.header.officer
        below = corner.mapToGlobal(
            QPoint(corner.width() - menu.sizeHint().width(), corner.height())
        )
        menu.popup(below)

    # What is shown

    def show_hold(self) -> None:
        """How the console is held now."""
        hold = self._guard.hold
        self._window.header.show_officer((hold.holder or nobody()).name)
        self.strip.show_hold(hold, self._guard.sample_password)
        for cover in self._covers:
            cover.lay(hold.is_bound)
        if hold.is_bound:
            self._bind()
        else:
            self._free()

    def _bind(self) -> None:
        if not self.hands.are_bound:
            self._remember()
            for card in ("palette_card", "sheet"):
                if card in vars(self._window):
                    getattr(self._window, card).hide()
            self._window.show_place("live")
            self.hands.bind()
        if "code" in vars(self):
            self.code.hide()  # what is on it comes back with the administrator it was made for
        if self._guard.hold.holder is None:
            self.ask_officer()
        else:
            self._hide_cards()
            self._take_keyboard()

    def _free(self) -> None:
        self.hands.free()
        self._hide_cards()
        place, self._place_before = self._place_before, ""
        if place:
            self._window.show_place(place)
        self._give_keyboard_back()
        if "code" in vars(self):
            self.code.come_back(self._guard.hold.holder)

    def _remember(self) -> None:
        """Where the officer was, once: the Live place is shown meanwhile."""
        if not self._place_before:
            self._place_before = self._window.place_id
            self._field_before = self._window.focusWidget()

    def _give_keyboard_back(self) -> None:
        """To the field that was being typed into: elsewhere the next letters would be keys."""
        field, self._field_before = self._field_before, None
        if field is not None and isValid(field) and field.isVisible():
            field.setFocus()

    def _on_about_to_change(self) -> None:
        """Recorded footage goes from the screen before another name stands at the desk."""
        if self._guard.hold.is_bound or self._place_before:
            return
        self._remember()
        self._window.show_place("live")

    def _take_keyboard(self) -> None:
        open_card = next((card for card in self._cards if card.isVisible()), None)
        self._window.activateWindow()
        if open_card is not None:
            open_card.raise_()
            if not open_card.isAncestorOf(self._window.focusWidget() or self._window):
                open_card.first_field().setFocus()
        else:
            self.strip.take_keyboard()

    def _is_free(self, widget: QWidget) -> bool:
        """Whether a widget may be used while the console is locked."""
        free = (self.strip, *self._cards)
        return any(parent in free for parent in _up_from(widget))

    # Slots

    def _on_unlock(self, password: str) -> None:
        self._guard.unlock(password, self.strip.show_failure)

    def _on_sign_in(self, officer_id: str, password: str) -> None:
        self._guard.take(officer_id, password, self.sign_in.show_failure)

    def _on_found(self, officer: Officer, password: str) -> None:
        self._guard.found(officer, password, self.show_code, self.founding.show_failure)

    def _on_recover(self, code: str, officer_id: str, password: str) -> None:
        failed = self.recovery.show_failure
        self._guard.recover(code, officer_id, password, self.show_code, failed)

    def _on_change_own(self, old: str, new: str) -> None:
        self._guard.change_own(old, new, self._on_own_changed, self.own_password.show_failure)

    def _on_own_changed(self, _: object) -> None:
        self.own_password.put_away()
        self.told.emit(tr("Your password is changed."))

    def _on_card_left(self) -> None:
        if self._guard.hold.holder is None:
            self.ask_officer()
        elif self._guard.hold.is_bound:
            self._take_keyboard()
        else:
            self._window.show_place(self._window.place_id)


def _up_from(widget: QWidget) -> Iterator[QWidget]:
    """The widget and what it stands in, also out of windows: the list of a choice is one."""
    above: QWidget | None = widget
    while above is not None:
        yield above
        above = above.parentWidget()
