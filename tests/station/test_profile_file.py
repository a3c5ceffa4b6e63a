"""station.toml: what is written is read, a person's edits stay, a mistake is named by its line."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.station import Disk, Profile, SecretPlace
from app.station.profile import SETTINGS
from app.station.profile_file import change_profile, profile_text, read_profile, write_profile
from app.thai.translation import Language
from tests.station.places import profile

NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=120
).filter(lambda text: text.strip() != "")
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{1,39}", fullmatch=True)
PROFILES = st.builds(
    Profile,
    station_id=IDS,
    origin=IDS,
    name_th=NAMES,
    name_en=NAMES,
    zone_name_th=NAMES,
    zone_name_en=NAMES,
    centre_lat_deg=st.floats(5.5, 20.6),
    centre_lon_deg=st.floats(97.2, 105.8),
    epsg=st.sampled_from((32647, 32648)),
    language=st.sampled_from(Language),
    time_to_scene_target_min=st.integers(1, 240),
    check_in_min=st.integers(0, 1440),
    survey_days=st.integers(1, 3650),
    recordings_enabled=st.booleans(),
    recordings_keep_days=st.integers(1, 3650),
    recordings_camera_days=st.lists(st.sampled_from(("C01=90", "C07 = 7"))).map(tuple),
    recordings_max_gb=st.integers(0, 1_000_000),
    recordings_reserve_gb=st.integers(1, 100_000),
    recordings_audio=st.booleans(),
    recordings_folders=st.lists(
        st.sampled_from(("recordings", "/mnt/ดิสก์ 2/[cctv] #1", 'D:\\ภาพ "ใหม่"')), max_size=3
    ).map(tuple),
    secrets=st.sampled_from(SecretPlace),
    demo_rtsp_port=st.none() | st.integers(1024, 65535),
    sample=st.booleans(),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profiles")


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(KnownError) as refused:
        read_profile(path)
    return "\n".join(part.english() for part in refused.value.sentences)


@given(wanted=PROFILES)
def test_every_right_profile_is_read_as_it_was_written(folder: Path, wanted: Profile) -> None:
    path = folder / "station.toml"
    write_profile(path, wanted, Disk())
    assert read_profile(path).profile == wanted
    assert read_profile(path).warnings == ()


@given(first=PROFILES, second=PROFILES)
def test_every_change_is_made_and_comments_and_unknown_keys_stay(
    folder: Path, first: Profile, second: Profile
) -> None:
    path = folder / "changed.toml"
    own = "# ติดต่อร้อยเวร 042-000000\n[ours]\nradio = 'VHF 1'\r\n"
    written(path, profile_text(first) + own)

    change_profile(path, second, Disk())

    assert read_profile(path).profile == second
    assert path.read_bytes().decode().endswith(own)


def test_a_change_is_made_in_a_file_that_a_person_has_laid_out(tmp_path: Path) -> None:
    path = written(
        tmp_path / "station.toml",
        "format = 1\r\n"
        "console.language = 'th'  # ภาษา # Thai first\r\n"
        "[ zone ] # ours\r\n"
        'name_th = "ก # ข"\r\n'
        'name_en = "One"\r\n'
        "[station]\r\n"
        'id = "mukdahan"\r\norigin = "here-1"\r\nname_th = "ค"\r\nname_en = "Three"\r\n',
    )
    before = read_profile(path).profile

    change_profile(
        path, replace(before, language=Language.ENGLISH, zone_name_th="ง", epsg=32647), Disk()
    )

    text = path.read_bytes().decode()
    assert 'console.language = "en"  # ภาษา # Thai first\r\n' in text
    assert '[ zone ] # ours\r\nname_th = "ง"\r\nname_en = "One"\r\n' in text
    assert tomllib.loads(text)["map"] == {"epsg": 32647}


def test_a_line_too_unusual_to_change_is_left_to_its_owner(tmp_path: Path) -> None:
    text = profile_text(profile()).replace('name_en = "Mueang', 'name_en = """\\\n  Mueang')
    text = text.replace('Police Station"', 'Police Station"""')
    path = written(tmp_path / "station.toml", text)
    assert read_profile(path).profile == profile()

    with pytest.raises(KnownError, match=r"cannot change station\.name_en"):
        change_profile(path, profile(name_en="Other"), Disk())

    assert path.read_text("utf-8") == text


def test_the_file_explains_each_setting_in_both_languages() -> None:
    text = profile_text(profile())
    assert {setting.field for setting in SETTINGS} == {field.name for field in fields(Profile)}
    for setting in SETTINGS:
        assert f"# {setting.thai} · {setting.english}\n" in text


def test_notepad_may_put_its_mark_in_front_and_windows_line_ends(tmp_path: Path) -> None:
    text = "\ufeff" + profile_text(profile()).replace("\n", "\r\n")
    assert read_profile(written(tmp_path / "station.toml", text)).profile == profile()


def test_an_unknown_key_is_a_warning_that_names_its_line(tmp_path: Path) -> None:
    text = profile_text(profile()).replace("[zone]", "siren = true\n\n[zone]\nradio = 1")
    path = written(tmp_path / "station.toml", text)
    lines = text.split("\n")

    read = read_profile(path)

    assert read.profile == profile()
    assert [warning.english() for warning in read.warnings] == [
        f"Line {lines.index(line) + 1} of station.toml: {key} is not known to this version "
        "and is left alone."
        for line, key in (("siren = true", "station.siren"), ("radio = 1", "zone.radio"))
    ]


@pytest.mark.parametrize("number", [2, 9, 14, 40])
def test_a_broken_line_is_named(tmp_path: Path, number: int) -> None:
    lines = profile_text(profile()).split("\n")
    lines.insert(number - 1, "this is not = = toml")
    path = written(tmp_path / "station.toml", "\n".join(lines))
    assert f"Line {number} of {path} cannot be understood." in refusal(path)


def test_a_file_that_ends_too_soon_names_its_last_line(tmp_path: Path) -> None:
    path = written(tmp_path / "station.toml", 'format = 1\n[station]\nid = """mukdahan\n')
    assert f"Line 3 of {path} cannot be understood." in refusal(path)


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("station.id", '"Mukdahan 1"', "small letters"),
        ("station.origin", '""', "small letters"),
        ("station.name_th", '" "', "1 to 120 letters"),
        ("station.name_en", f'"{"x" * 121}"', "1 to 120 letters"),
        ("zone.name_th", r'"a\nb"', "on one line"),
        ("station.sample", '"true"', "true or false, without quotes"),
        ("map.centre_lat", "51.5", "from 5.5 to 20.6"),
        ("map.centre_lon", "nan", "from 97.2 to 105.8"),
        ("map.epsg", "32648.0", "32647 / 32648"),
        ("map.epsg", "4326", "32647 / 32648"),
        ("console.language", '"lo"', '"th" / "en"'),
        ("console.time_to_scene_target_min", "0", "from 1 to 240"),
        ("console.check_in_min", "-1", "from 0 to 1440"),
        ("cameras.survey_days", "0", "from 1 to 3650"),
        ("recordings.keep_days", "true", "from 1 to 3650"),
        ("recordings.enabled", "1", "true or false"),
        ("recordings.camera_days", '["C01=0"]', "cameras with their days"),
        ("recordings.max_gb", "-1", "from 0 to"),
        ("recordings.reserve_gb", "0", "from 1 to"),
        ("recordings.folders", '"/mnt/a"', "inside square brackets"),
        ("recordings.folders", '[" "]', "inside square brackets"),
        ("secrets.place", '"here"', '"file" / "keyring"'),
        ("ports.demo_rtsp", "80", "from 1024 to 65535"),
    ],
)
def test_a_wrong_value_is_named_by_line_and_key_with_what_would_be_right(
    tmp_path: Path, key: str, value: str, rule: str
) -> None:
    table, name = key.split(".")
    text = profile_text(profile(demo_rtsp_port=8554))
    lines = text.split("\n")
    at = next(
        number
        for number in range(lines.index(f"[{table}]"), len(lines))
        if lines[number].startswith(f"{name} =")
    )
    lines[at] = f"{name} = {value}"
    path = written(tmp_path / "station.toml", "\n".join(lines))

    said = refusal(path)

    assert f"Line {at + 1} of {path}: the value of {key} is not right." in said
    assert rule in said


def test_a_wrong_value_in_an_unusual_place_is_still_named_by_its_key(tmp_path: Path) -> None:
    text = profile_text(profile()).replace("[map]", "[other]") + "\nmap = {epsg = 1}\n"
    text = text.replace("format = 1\n", "format = 1\nmap = {epsg = 1}\n", 1)
    path = written(tmp_path / "station.toml", text.removesuffix("\nmap = {epsg = 1}\n"))
    assert f"In {path}, the value of map.epsg is not right." in refusal(path)


@pytest.mark.parametrize("key", ["id", "origin", "name_th", "name_en"])
def test_a_missing_line_is_named(tmp_path: Path, key: str) -> None:
    lines = profile_text(profile()).split("\n")
    lines.remove(next(line for line in lines if line.startswith(f"{key} =")))
    path = written(tmp_path / "station.toml", "\n".join(lines))
    assert f"{path} does not say station.{key}." in refusal(path)


@pytest.mark.parametrize("line", ["", "format = 0", "format = true", 'format = "1"'])
def test_a_file_of_no_format_is_refused(tmp_path: Path, line: str) -> None:
    text = profile_text(profile()).replace("format = 1", line)
    said = refusal(written(tmp_path / "station.toml", text))
    assert "the value of format is not right" in said
    assert "Write format = 1" in said


def test_thai_saved_by_an_old_editor_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes('format = 1\n[station]\nname_th = "มุกดาหาร"\n'.encode("cp874"))
    assert f"Line 3 of {path} is not UTF-8 text." in refusal(path)


def test_a_file_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "station.toml").mkdir()
    assert "cannot be read: Is a directory" in refusal(tmp_path / "station.toml")
