"""Pictures of the units: the board, what a unit says, radio codes, whom to send, each by itself."""

from __future__ import annotations

from pathlib import Path

from app.demo.play import Play, Steps, Until
from app.incidents.incident import Incident, IncidentState
from app.ui.live.live_place import LivePlace


class UnitShots:
    """Leaves everything as it was, but for a second unit on the accident."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play = play
        self._pictures = pictures

    @property
    def _live(self) -> LivePlace:
        return self._play.window.live

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names."""
        self._play.window.show_place("live")
        yield from self._board(name)
        yield from self._whom_to_send(name)
        yield from self._one_by_one(name)
        yield from self._set_up(name)

    def _board(self, name: str) -> Steps:
        units = self._live.units
        units.show_board()
        units.board.table.choose("unit-22")
        yield from self._picture("units", name)
        units.board.ask("check_in")
        units.board.check_in.said.line.setText("ว.22 พบผู้แจ้งแล้ว")
        yield from self._picture("units_check_in", name)
        units.board.show_list()
        units.board.ask("crew")
        yield from self._picture("units_crew", name)
        units.board.show_list()
        units.board.ask("times")
        yield from self._picture("units_times", name)
        units.show_codes()
        yield from self._picture("units_codes", name)
        units.board.show_list()
        units.show_incidents()

    def _whom_to_send(self, name: str) -> Steps:
        """The most urgent incident without a unit; the first and the third are ticked."""
        waiting = next((one for one in self._open() if one.state is IncidentState.NEW), None)
        if waiting is None:
            return
        self._live.choose(waiting.id)
        self._live.sending.ask_for_unit()
        for digit in (1, 3):
            self._live.detail.picker.tick(digit)
        yield from self._picture("units_send", name)
        self._live.detail.show_story()

    def _one_by_one(self, name: str) -> Steps:
        """An accident with the traffic police there, and a patrol called to it."""
        at_scene = [one for one in self._open() if one.state is IncidentState.ON_SCENE]
        accident = next(one for one in at_scene if one.report.category == "41")
        self._live.choose(accident.id)
        if len(accident.units) < 2:
            self._live.sending.send_first()
            yield Until(lambda: self._has_two(accident.id), "no second unit was sent")
        self._live.sending.ask_for_step()
        yield from self._picture("units_each", name)
        self._live.detail.show_story()
        yield from self._picture("units_story", name)
        self._live.choose("")

    def _set_up(self, name: str) -> Steps:
        window = self._play.window
        window.show_place("setup")
        setup = window.setup
        setup.show_units()
        yield from self._picture("setup_units", name)
        setup.show_radio_codes()
        yield from self._picture("setup_radio_codes", name)
        setup.sections.setCurrentRow(0)
        window.show_place("live")

    def _open(self) -> list[Incident]:
        return self._play.console.desk.open_incidents()

    def _has_two(self, incident_id: str) -> bool:
        shown = self._live.selected
        return shown is not None and shown.id == incident_id and len(shown.units) > 1

    def _picture(self, what: str, name: str) -> Steps:
        yield self._play.wait(0.4)
        self._play.picture(self._pictures / f"{what}_{name}.png")
