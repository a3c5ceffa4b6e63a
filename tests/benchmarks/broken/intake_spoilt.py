"""An intake that is slow to save, loses the telephone."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.log_product import Product as _Product


class Product(_Product):
    """The log is whole; its window is not."""

    window_patch = Path(__file__)


def apply() -> None:
    """Called in the window's process before the window is made."""
    from app.ui.live.intake_panel import IntakePanel

    whole = IntakePanel.report

    def spoilt(self: Any) -> Any:
        return replace(whole(self), caller_phone="")

    save = IntakePanel._save_report

    def slowly(self: Any, *, dispatch: bool) -> None:
        time.sleep(0.2)
        save(self, dispatch=dispatch)

    IntakePanel.report = spoilt
    IntakePanel._save_report = slowly
