"""Pictures of a locked console and of the cards of signing in, on the running sample station."""

from __future__ import annotations

from pathlib import Path

from app.demo.people import SAMPLE_PASSWORD
from app.demo.play import Play, Steps, Until
from app.duty.recovery import new_code


class SignInShots:
    """Locks, asks for the next officer, unlocks; shows the first start's cards."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play = play
        self._pictures = pictures

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names."""
        play, window = self._play, self._play.window
        room = window.sign_in
        window.show_place("live")
        room.lock()
        yield Until(room.strip.isVisible, "the console did not lock", 10.0)
        yield play.wait(0.5)
        self._picture("locked", name)
        room.ask_officer()
        yield play.wait(0.3)
        self._picture("sign_in", name)
        room.ask_recovery_code()
        yield play.wait(0.3)
        self._picture("recovery", name)
        room.recovery.put_away()
        room.strip.line.setText(SAMPLE_PASSWORD)
        room.strip.unlock.click()
        yield Until(lambda: not room.strip.isVisible(), "the console did not unlock", 10.0)
        room.founding.open(may_leave=True)
        yield play.wait(0.3)
        self._picture("first_start", name)
        room.founding.put_away()
        room.show_code(new_code())
        yield play.wait(0.3)
        self._picture("recovery_code", name)
        room.code.ask()

    def _picture(self, what: str, name: str) -> None:
        self._play.picture(self._pictures / f"{what}_{name}.png")
