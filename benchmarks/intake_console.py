"""A console for the intake's benchmark: the measured station with named places and an officer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.application import Console
from app.clock import SystemClock
from app.demo.town.areas import sample_areas
from app.demo.town.places import sample_places
from app.duty.officers import Officer, OfficerEnrolled
from app.geo.places import PlaceNamed
from app.log import Actor, Fact, Log, Role
from app.station import open_station
from app.station.profile import SignInAsks
from app.ui.theme import load_fonts, load_theme
from app.views import all_views

_OFFICER = Officer("officer-intake", "ร.ต.ท.วัดผล", "ร้อยเวร", Role.ADMINISTRATOR)


def console_on(folder: Path, application: QApplication) -> Console:
    """Started, its window shown."""
    opened = open_station(folder)
    unasked = replace(
        opened.profile, sign_in=SignInAsks.NOBODY, lock_after_min=0, recordings_enabled=False
    )
    station = replace(opened, profile=unasked)
    clock = SystemClock()
    log = Log(station.database, origin=station.profile.origin, views=all_views(), clock=clock)
    log.open()
    facts: list[Fact] = [OfficerEnrolled(_OFFICER), *sample_areas()]
    facts += map(PlaceNamed, sample_places())
    log.append(*facts, actor=Actor("benchmark", Role.PROGRAM)).result()
    log.close()
    load_fonts()
    application.setStyle("Fusion")
    theme = load_theme()
    application.setStyleSheet(theme.stylesheet())
    console = Console(station, theme, clock)
    console.start()
    return console
