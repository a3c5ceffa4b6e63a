"""Which part of the log is copied: a span of time, or everything about one incident."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.clock import from_stored, to_stored
from app.errors import KnownError
from app.thai.dates import date_time, to_local
from app.thai.translation import language, tr
from app.thai.typed_dates import read_date_time
from app.ui.papers.incident_field import IncidentField
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import restate, voiced

SPAN, INCIDENT = "span", "incident"
_LAST = timedelta(hours=8)


class ExtractPane(OptionsPane):
    """Begins with the last eight hours."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self._build()
        self.which.chosen.connect(self._on_which)
        self.begins.textEdited.connect(self._on_chosen)
        self.ends.textEdited.connect(self._on_chosen)
        self.incident.chosen.connect(self._on_chosen)
        self.with_words.clicked.connect(self._on_chosen)
        self.purpose.textEdited.connect(self._on_chosen)
        self._fit()

    def _build(self) -> None:
        self.add_label(tr("Copy of the log"))
        self.which = Segments(((SPAN, tr("A time")), (INCIDENT, tr("One incident"))))
        self.which.set_on(SPAN)
        self.add(self.which)
        self.begins, self.ends = QLineEdit(), QLineEdit()
        self.of_span: list[QWidget] = []
        for words, line in ((tr("From"), self.begins), (tr("To, not itself"), self.ends)):
            line.setAccessibleName(words)
            line.setMaxLength(60)
            line.setToolTip(tr("Date and time in either era: 21/11/2569 21:40"))
            self.of_span += [voiced(words, "hint"), line]
        self.incident = IncidentField(self.theme, self.parts.desk)
        for widget in (*self.of_span, self.incident):
            self.add(widget)
        self.with_words = QCheckBox(tr("With what the entries say"))
        self.with_words.setChecked(True)
        self.add(self.with_words)
        self.add_label(tr("To be used for"))
        self.purpose = QLineEdit()
        self.purpose.setAccessibleName(tr("To be used for"))
        self.purpose.setMaxLength(160)
        self.add(self.purpose)
        self.add(
            voiced(tr("Supervisors and administrators alone may print it."), "hint", wraps=True)
        )

    def about(self) -> str:
        return self.incident.incident_id if self.which.current() == INCIDENT else ""

    def missing(self) -> str:
        if self.which.current() == INCIDENT:
            return "" if self.incident.incident_id else tr("Choose an incident: type its number.")
        if self._time(self.begins) is None or self._time(self.ends) is None:
            return tr("Type both times: 21/11/2569 21:40.")
        return ""

    def options(self) -> dict[str, Any]:
        said: dict[str, Any] = {"words": self.with_words.isChecked(), "which": self.which.current()}
        begins, ends = self._time(self.begins), self._time(self.ends)
        if begins is not None and ends is not None:
            said |= {"begins": to_stored(begins), "ends": to_stored(ends)}
        return said | {"purpose": self.purpose.text().strip()}

    def habit(self) -> dict[str, Any]:
        return {"words": self.with_words.isChecked()}

    def show_about(self, about: str) -> None:
        if about:
            self.which.set_on(INCIDENT)
            self.incident.choose(about)
            self._fit()

    def show_options(self, options: Mapping[str, Any]) -> None:
        if isinstance(options.get("words"), bool):
            self.with_words.setChecked(options["words"])
        if options.get("which") in (SPAN, INCIDENT):
            self.which.set_on(str(options["which"]))
        for name, line in (("begins", self.begins), ("ends", self.ends)):
            if options.get(name):
                line.setText(date_time(from_stored(str(options[name])), language()))
        self.purpose.setText(str(options.get("purpose", "")))
        self._fit()

    def fill(self) -> None:
        if not self.begins.text() and not self.ends.text():
            now = self.parts.desk.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
            self.begins.setText(date_time(now - _LAST, language()))
            self.ends.setText(date_time(now, language()))
        if not self.incident.incident_id:
            self.incident.choose(self.parts.selection.incident_id)

    def _time(self, line: QLineEdit) -> datetime | None:
        """What is typed; what is no time is marked."""
        try:
            at = read_date_time(line.text(), to_local(self.parts.desk.now()).date())
        except KnownError:
            at = None
        restate(line, "state", "" if at is not None or not line.text().strip() else "red")
        return at

    def _fit(self) -> None:
        by_span = self.which.current() == SPAN
        for widget in self.of_span:
            widget.setVisible(by_span)
        self.incident.setVisible(not by_span)

    def _on_which(self, *_: object) -> None:
        self._fit()
        self.changed.emit()

    def _on_chosen(self, *_: object) -> None:
        self.changed.emit()
