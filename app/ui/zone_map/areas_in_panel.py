"""Areas from a file: what each would do, boxes to tick, the reason, and saving. Reads no file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import KnownError
from app.geo.area_saving import AreaEdit
from app.geo.areas import AreaKind
from app.geo.imports.request import Crs
from app.geo.interchange.area_plan import PlannedArea
from app.geo.interchange.effects import Effect
from app.thai.translation import explain, say, tr
from app.ui.effect_words import summary_words
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.widgets.tick_list import TickList, TickRow
from app.ui.zone_map.map_words import kind_name

_REASON_LIMIT = 300
_ORDER = (Effect.REFUSED, Effect.CHANGES, Effect.ADDS, Effect.NOTHING)


class AreasInPanel(QFrame):
    """Nothing is saved before it was read, ticked and given a reason."""

    kind_chosen = Signal(object)  # AreaKind, of areas that do not say theirs
    crs_chosen = Signal(object)  # Crs
    area_looked_at = Signal(str)  # row
    save_requested = Signal(str)  # the reason
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plan: tuple[PlannedArea, ...] = ()
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "list", tr("Areas from a file")))
        column.addWidget(self._build_file())
        self.rows = TickList(theme, tr("What is in the file"))
        self.rows.ticks_changed.connect(self._fit_save)
        self.rows.row_chosen.connect(self.area_looked_at)
        column.addWidget(self.rows, 1)
        column.addWidget(self._build_foot())

    def _build_file(self) -> QWidget:
        top = QFrame()
        top.setProperty("edge", "bottom")
        column = QVBoxLayout(top)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        self.file = ElidedLabel("", "strong")
        self.kind_label = voiced(tr("Areas that do not say what they are are taken as"), "hint")
        self.kind = QComboBox()
        for kind in AreaKind:
            self.kind.addItem(kind_name(kind), kind)
        self.kind.setAccessibleName(tr("Kind of area"))
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.crs = QComboBox()
        self.crs.setAccessibleName(tr("The coordinates of the file"))
        self.crs.activated.connect(self._on_crs)
        self.crs.hide()
        self.summary = voiced("", wraps=True)
        self.notes = voiced("", "hint", wraps=True)
        for widget in (
            self.file, self.kind_label, self.kind, self.crs, self.summary, self.notes
        ):  # fmt: skip
            column.addWidget(widget)
        return top

    def _build_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        self.words = voiced("", wraps=True)
        self.words.hide()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason, required"))
        self.reason.setAccessibleName(tr("Reason for the change"))
        self.reason.setMaxLength(_REASON_LIMIT)
        self.reason.returnPressed.connect(self.ask_to_save)
        column.addWidget(self.words)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        self.close_panel = KeyButton(self._theme, tr("Close this panel"), key="Esc", flat=True)
        self.save = KeyButton(self._theme, tr("Save"), key="Ctrl S", icon="check", primary=True)
        row.addWidget(self.close_panel)
        row.addStretch(1)
        row.addWidget(self.save)
        column.addLayout(row)
        self.close_panel.clicked.connect(self.closed)
        self.save.clicked.connect(self.ask_to_save)
        return foot

    # What is shown

    def show_file(self, name: str) -> None:
        """A file is being read."""
        self.file.setText(name)
        self.crs.hide()
        self.summary.setText(tr("Reading the file…"))
        self.notes.hide()
        self.tell("", "")
        self._show((), ())

    def show_plan(
        self, plan: Sequence[PlannedArea], words: Sequence[str], notes: Sequence[str]
    ) -> None:
        """What the file would do, each area in `words`; `notes` are what else it says."""
        ticked = self.rows.ticked() if self._plan else None
        self.crs.hide()
        self.summary.setText(summary_words([one.effect for one in plan]))
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._show(plan, words, ticked)

    def _show(
        self,
        plan: Sequence[PlannedArea],
        words: Sequence[str],
        ticked: set[str] | None = None,
    ) -> None:
        self._plan = tuple(plan)
        shown = [
            (number, one)
            for effect in _ORDER
            for number, one in enumerate(self._plan)
            if one.effect is effect
        ]
        self.rows.show_rows(
            [
                TickRow(
                    str(number),
                    words[number],
                    can_tick=one.can_be_taken,
                    ticked=one.is_wanted if ticked is None else str(number) in ticked,
                    state="red" if one.effect is Effect.REFUSED else "",
                )
                for number, one in shown
            ]
        )

    def ask_crs(self, error: KnownError, candidates: Sequence[Crs]) -> None:
        """The file leaves its coordinates open: a person chooses, or takes another file."""
        with QSignalBlocker(self.crs):
            self.crs.clear()
            self.crs.addItem(tr("Choose the coordinates…"), None)
            for one in candidates:
                self.crs.addItem(say(one.words), one)
        self.crs.setVisible(bool(candidates))
        self.show_failure(error)

    def show_failure(self, error: KnownError) -> None:
        """The file could not be read, or not be saved."""
        self.tell(explain(error), "red")
        if not self._plan:
            self.summary.setText(tr("Nothing was taken from the file."))
        self._fit_save()

    def show_saved(self, words: str) -> None:
        """The areas are saved."""
        self._show((), ())
        self.summary.setText("")
        self.notes.hide()
        self.reason.clear()
        self.tell(words, "green")
        self.close_panel.setFocus()

    def tell(self, words: str, state: str) -> None:
        """A sentence over the reason."""
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    # What is asked

    def chosen(self) -> list[AreaEdit]:
        """What is ticked, as it would be saved."""
        ticked = self.rows.ticked()
        return [one.edit for number, one in enumerate(self._plan) if str(number) in ticked]

    def ask_to_save(self) -> None:
        """Save, or say what is missing."""
        if not self.chosen():
            return
        if not self.reason.text().strip():
            self.tell(tr("Type why it changes: the reason stays with the outline."), "red")
            self.reason.setFocus()
            return
        self.save.setEnabled(False)
        self.save_requested.emit(self.reason.text().strip())

    def chosen_kind(self) -> AreaKind:
        """What areas are that do not say so."""
        return AreaKind(self.kind.currentData())

    def _fit_save(self) -> None:
        count = len(self.chosen())
        self.save.setEnabled(bool(count))
        words = tr("Save {count} areas", count=count) if count else tr("Save")
        self.save.show_words(words, "Ctrl S")
        self.reason.setVisible(bool(self._plan))

    def _on_kind(self) -> None:
        self.kind_chosen.emit(self.chosen_kind())

    def _on_crs(self) -> None:
        crs = self.crs.currentData()
        if crs is not None:
            self.crs_chosen.emit(crs)
