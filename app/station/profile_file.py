"""`station.toml` read, written and changed so that a person can read it. Knows no window."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import KnownError, Message, msg
from app.station.disk import Disk, reading_trouble
from app.station.profile import (
    FORMAT,
    SETTINGS,
    Profile,
    Setting,
    default_of,
    is_required,
    value_of,
)
from app.station.setting_checks import WrongValueError

NAME = "station.toml"
_SAFE = msg("Nothing was changed.")
_TITLE = """\
# ข้อมูลของสถานี แก้ไขด้วยโปรแกรมแก้ไขข้อความได้ บันทึกเป็น UTF-8 แล้วเปิดโปรแกรมใหม่
# What the station says about itself. Edit it with any text editor, save it as UTF-8, start again.

# รุ่นของไฟล์นี้ ห้ามแก้ · the format of this file; leave it as it is
"""


@dataclass(frozen=True, slots=True)
class ReadProfile:
    """A profile and what its file holds that this program does not know."""

    profile: Profile
    warnings: tuple[Message, ...] = ()


def read_profile(path: Path) -> ReadProfile:
    """Read `station.toml`. Raises KnownError that names the file, the line and the key."""
    text = _text(path)
    found = dict(_flat(_parsed(path, text)))
    _check_format(path, text, found.pop("format", None))
    values = {
        setting.field: _checked(path, text, setting, found.pop(setting.key))
        for setting in SETTINGS
        if setting.key in found or _missing(path, setting)
    }
    warnings = tuple(
        msg(
            "Line {line} of {file}: {key} is not known to this version and is left alone.",
            line=line_of(text, key) or 1,
            file=path.name,
            key=key,
        )
        for key in found
    )
    return ReadProfile(Profile(**values), warnings)


def write_profile(path: Path, profile: Profile, disk: Disk) -> None:
    """Write a new, commented `station.toml`. Raises KnownError for a value that is not right."""
    text = profile_text(profile)
    _read_back(path, text, profile)
    disk.write(path, text.encode())


def change_profile(path: Path, profile: Profile, disk: Disk) -> None:
    """Bring the file to `profile`, keeping a person's comments, order and unknown keys."""
    before = read_profile(path).profile
    text = _text(path)
    for setting in SETTINGS:
        value = value_of(profile, setting)
        if value != value_of(before, setting):
            text = _with_value(text, setting.key, value)
    _read_back(path, text, profile)
    disk.write(path, text.encode())


def profile_text(profile: Profile) -> str:
    """The whole file as it is first written, each line explained in Thai and English."""
    parts = [_TITLE, f"format = {FORMAT}\n"]
    table = ""
    for setting in SETTINGS:
        here, _, key = setting.key.partition(".")
        if here != table:
            table = here
            parts.append(f"\n[{table}]\n")
        value = value_of(profile, setting)
        parts.append(f"# {setting.thai} · {setting.english}\n")
        parts.append(f"# {key} =\n" if value is None else f"{key} = {_toml(value)}\n")
    return "".join(parts)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise reading_trouble(error, path) from error
    try:
        return data.decode("utf-8-sig")  # Notepad puts a mark in front
    except UnicodeDecodeError as error:
        raise KnownError(
            msg(
                "Line {line} of {file} is not UTF-8 text.",
                line=data.count(b"\n", 0, error.start) + 1,
                file=str(path),
            ),
            safe=_SAFE,
            do=msg("Open the file in a text editor and save it again as UTF-8."),
        ) from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.rstrip("\n").count("\n") + 1
        raise KnownError(
            msg("Line {line} of {file} cannot be understood.", line=line, file=str(path)),
            safe=_SAFE,
            do=msg("Correct that line: key = value, with text between double quotes."),
        ) from error


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _check_format(path: Path, text: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        rule = WrongValueError(msg("Write format = {format} in its first line.", format=FORMAT))
        raise _wrong(path, text, "format", rule)
    if value > FORMAT:
        raise KnownError(
            msg("The station at {path} was made by a newer program.", path=str(path.parent)),
            safe=_SAFE,
            do=msg("Install the newest version of this program, then open the station again."),
        )


def _missing(path: Path, setting: Setting) -> bool:
    """False for a setting that may be left out; raises KnownError for one that may not."""
    if not is_required(setting):
        return False
    raise KnownError(
        msg("{file} does not say {key}.", file=str(path), key=setting.key),
        safe=_SAFE,
        do=msg("Add that line to the file, then open the station again."),
    )


def _checked(path: Path, text: str, setting: Setting, value: object) -> Any:
    try:
        return setting.check(value)
    except WrongValueError as wrong:
        raise _wrong(path, text, setting.key, wrong) from wrong


def _wrong(path: Path, text: str, key: str, wrong: WrongValueError) -> KnownError:
    line = line_of(text, key)
    if line is None:
        what = msg("In {file}, the value of {key} is not right.", file=str(path), key=key)
    else:
        what = msg(
            "Line {line} of {file}: the value of {key} is not right.",
            line=line,
            file=str(path),
            key=key,
        )
    return KnownError(what, safe=_SAFE, do=wrong.rule)


def _read_back(path: Path, text: str, wanted: Profile) -> None:
    """Refuse to write what would not be read as `wanted`: a wrong value, or a line too unusual."""
    found = dict(_flat(_parsed(path, text)))
    for setting in SETTINGS:
        value = value_of(wanted, setting)
        if value is not None:
            _checked(path, text, setting, value)
        there = found.get(setting.key, default_of(setting))
        if (tuple(there) if isinstance(there, list) else there) != value:
            raise KnownError(
                msg("The program cannot change {key} in {file}.", key=setting.key, file=str(path)),
                safe=_SAFE,
                do=msg("Change that line with a text editor."),
            )


def line_of(text: str, key: str) -> int | None:
    """The number, from 1, of the line that sets `key` (`zone.name_th`); None if none does so."""
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?$", line)
        if header:
            table = _unquoted(header[1]) + "."
            continue
        setting = re.match(r"\s*([\w.\"' -]+?)\s*=", line)
        if setting and table + _unquoted(setting[1]) == key:
            return number
    return None


def _unquoted(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


_VALUE = re.compile(
    r"""(?P<before>[^=]*=\s*)
        (?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|\[(?:[^"\]#\r\n]|"(?:[^"\\]|\\.)*")*\]|[^#\r\n"']*?)
        (?P<after>\s*(?:\#.*)?\r?\n?)\Z""",
    re.VERBOSE,
)


def _with_value(text: str, key: str, value: object) -> str:
    """`text` with one setting changed, added, or (None) taken out by a `#`."""
    lines = re.split(r"(?<=\n)", text)
    number = line_of(text, key)
    if number is None:
        return _with_line(lines, key, value)
    line = lines[number - 1]
    if value is None:
        lines[number - 1] = f"# {line}"
    elif found := _VALUE.match(line):
        lines[number - 1] = f"{found['before']}{_toml(value)}{found['after']}"
    return "".join(lines)


def _with_line(lines: list[str], key: str, value: object) -> str:
    table, _, name = key.rpartition(".")
    added = f"{name} = {_toml(value)}\n"
    for at, line in enumerate(lines, start=1):
        if re.match(rf"\s*\[\s*{re.escape(table)}\s*\]", line):
            ending = "" if line.endswith("\n") else "\n"
            return "".join([*lines[:at], ending, added, *lines[at:]])
    return "".join(lines).rstrip("\n") + f"\n\n[{table}]\n{added}"


def _toml(value: object) -> str:
    if isinstance(value, str):
        # A TOML basic string is JSON's, but for U+007F, which no setting takes.
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return repr(value)
