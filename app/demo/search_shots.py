"""Pictures of the Log place: everything, a search with hits, none, no such time, a filter."""

from __future__ import annotations

from pathlib import Path

from app.demo.play import Play, Steps, Until
from app.incidents.asked import Asked
from app.ui.log_place.log_place import LogPlace

_QUERY = "กระเป๋า ตลาด ย้อนหลัง 90 วัน"
_NOWHERE = "ช้าง เมื่อคืน"
_NO_TIME = "กระเป๋า 31/2/2569"


class SearchShots:
    """Asks as an officer would."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play = play
        self._pictures = pictures

    @property
    def _log(self) -> LogPlace:
        return self._play.window.log

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names."""
        self._play.window.show_place("log")
        yield Until(self._is_there, "the log was not read", 20.0)
        log = self._log
        log.asking.clear()
        yield from self._picture("all", name)
        for what, asked in (
            ("search", Asked(text=_QUERY)),
            ("none", Asked(text=_NOWHERE, states=("closed",))),
            ("no_time", Asked(text=_NO_TIME)),
            ("filters", Asked(when="สัปดาห์นี้", zones=("zone-1",), groups=("1", "2"))),
        ):
            log.asking.ask(asked)
            yield Until(self._is_answered, "the log did not answer")
            log.bar.ask()
            if what == "search":
                log.table.choose_first()
                log.step(0)
            yield from self._picture(what, name)
        log.asking.clear()
        log.back()
        yield self._play.wait(0.2)

    def _picture(self, what: str, name: str) -> Steps:
        yield self._play.wait(0.6)
        yield Until(self._is_drawn, "the map of the log did not become sharp")
        yield self._play.wait(0.2)
        self._play.picture(self._pictures / f"log_{what}_{name}.png")

    def _is_there(self) -> bool:
        return self._log.model.rowCount() > 0 and self._log.map is not None

    def _is_answered(self) -> bool:
        answer = self._log.asking.answer
        return answer is not None and answer.is_all and answer.asked == self._log.asking.asked

    def _is_drawn(self) -> bool:
        return self._log.map is None or self._log.map.view.is_sharp()
