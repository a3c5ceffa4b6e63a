"""A button of the map's bar: icon, word and key; the icon goes first where there is no room."""

from __future__ import annotations

from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton


class ToolButton(KeyButton):
    """Checked while its tool works."""

    def __init__(
        self, theme: Theme, text: str, key: str, icon: str, *, checks: bool = True
    ) -> None:
        super().__init__(theme, text, key=key, icon=icon, flat=True)
        self._own_key, self._own_icon = key, icon
        self.setCheckable(checks)
        self.setProperty("tool", True)
        self.setToolTip(f"{text}  {key}" if key else text)

    def fit(self, *, with_icon: bool, with_key: bool) -> None:
        """Icon and key cap where there is room for them."""
        self._icon = self._own_icon if with_icon else ""
        self.show_words(self.text(), self._own_key if with_key else "")
