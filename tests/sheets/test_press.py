"""Papers on a real press: what is on them, that they stay the same, and what cannot harm it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.errors import KnownError
from app.sheets import fonts
from app.sheets.pages import Pages
from app.sheets.press import Press
from app.sheets.sheet import Sheet, Typeset
from app.station import StationFolder
from tests.sheets.little_memory import with_little_memory
from tests.sheets.material import (
    CLERK,
    HEAD,
    a_png,
    a_press,
    a_station,
    handover_paper,
    own_template,
    pressed,
)
from tests.station_log import MORNING

PLACE = "ตลาดอินโดจีน ประตู 3"
HOSTILE = (
    '#panic("x") $a$ *b* = c @d <e> \\f " \' { } //g /*h*/',
    "🚓 中文 שלום ສະຫວັນນະເຂດ",
    "\x00\x01\x1b a\u202eb \u2066c \ud800 \uffff",
    "ก" * 5_000,
    "x" * 5_000,
    "",
)


def text_of(made: Typeset | bytes) -> str:
    """Everything on its pages, spaces and line ends left out: lines may break anywhere."""
    pdf = made.pdf if isinstance(made, Typeset) else made
    with Pages(pdf) as pages:
        return re.sub(r"\s+", "", "".join(pages.text(one) for one in range(pages.count)))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_paper_says_what_it_is_who_printed_it_and_how_it_is_checked(press: Press) -> None:
    made = pressed(press, handover_paper(PLACE, notes="ขบวนแห่ 19:00"))
    said = text_of(made)
    for words in (
        "ใบส่งเวร", PLACE, "สภ.เมืองมุกดาหาร", "ตัวอย่าง", "ขบวนแห่", "ร.ต.ท.ธนา",
        f"พิมพ์ 22 พ.ย. 2569 10:46:00 น. โดย {CLERK}", "หน้า 1 จาก 1", HEAD.hash,
        made.data_sha256, "รายการที่ 184331 ของ console-1",
    ):  # fmt: skip
        assert plain(words) in said, words
    assert (made.pages, made.notes) == (1, ())
    assert made.sha256 == hashlib.sha256(made.pdf).hexdigest()
    assert set(made.versions) == {"program", "typst"}
    with Pages(made.pdf) as pages:
        assert pages.size_mm(0) == pytest.approx((210.0, 297.0), abs=0.1)


def test_the_attached_data_are_what_was_typed(press: Press) -> None:
    sheet = handover_paper(*HOSTILE)
    made = pressed(press, sheet)
    with Pages(made.pdf) as pages:
        attached = pages.attachment("data.json")
    assert attached == made.data
    assert hashlib.sha256(attached).hexdigest() == made.data_sha256
    said = json.loads(attached)
    assert said["sheet"] == sheet.data
    assert (said["title"], said["print"]["by"]) == (sheet.title, CLERK)
    assert said["station"]["log_head"] == HEAD.hash


def test_it_is_an_archive_pdf(press: Press) -> None:
    made = pressed(press, handover_paper(PLACE))
    assert b"<pdfaid:part>3</pdfaid:part>" in made.pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made.pdf
    assert b"/AFRelationship" in made.pdf or b"ObjStm" in made.pdf


def test_the_same_data_are_the_same_bytes_also_in_another_process(
    press: Press, folder: StationFolder
) -> None:
    sheet = handover_paper(PLACE, *HOSTILE[:3])
    first = pressed(press, sheet)
    assert pressed(press, sheet).pdf == first.pdf
    with a_press(folder) as other:
        assert pressed(other, sheet).pdf == first.pdf
    later = press.set(sheet, MORNING + timedelta(seconds=1), CLERK)
    assert later.pdf != first.pdf


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_type_is_printed_as_typed_or_made_visible(press: Press, typed: str) -> None:
    made = pressed(press, handover_paper(typed, notes=typed))
    said = text_of(made)
    if "#panic" in typed:
        assert plain('#panic("x")$a$*b*=c@d<e>\\f') in said
    if "🚓" in typed:
        assert plain("[U+1F693] [U+4E2D][U+6587]") in said
        assert "ສະຫວັນນະເຂດ" in said
    if "\u202e" in typed:
        assert "a[U+202E]b[U+2066]c[U+D800][U+FFFF]" in said
    assert said.count("x") >= typed.count("x") * 2


def test_nothing_leaves_the_paper(press: Press) -> None:
    """Ink only between the margins: no word runs over the edge, however long it is."""
    made = pressed(press, handover_paper("x" * 900, "ก" * 900, "9" * 900, notes="/" * 900))
    with Pages(made.pdf) as pages:
        for number in range(pages.count):
            seen = pages.picture(number, 50)
            rows = [
                seen.pixels[4 * seen.width_px * y : 4 * seen.width_px * (y + 1)]
                for y in range(seen.height_px)
            ]
            left, right = int(29 / 25.4 * 50), int((210 - 19) / 25.4 * 50)
            assert all(set(row[: 4 * left]) <= {255} for row in rows)
            assert all(set(row[4 * (right + 1) :]) <= {255} for row in rows)


def test_thai_digits_are_everywhere_but_in_codes(press: Press) -> None:
    made = pressed(press, handover_paper(PLACE, options={"digits": "thai"}))
    said = text_of(made)
    for words in ("ประตู ๓", "๑/๒๕๖๙", "พิมพ์ ๒๒ พ.ย. ๒๕๖๙ ๑๐:๔๖:๐๐", "หน้า ๑ จาก ๑"):
        assert plain(words) in said, words
    assert HEAD.hash in said and made.data_sha256 in said


def test_five_hundred_incidents_are_handed_over_on_numbered_pages(press: Press) -> None:
    made = pressed(press, handover_paper(*(f"จุดที่ {number}" for number in range(500))))
    with Pages(made.pdf) as pages:
        last = plain(pages.text(pages.count - 1))
        second = plain(pages.text(1))
    assert f"หน้า{made.pages}จาก{made.pages}" in last
    assert "เลขรับแจ้ง" in second  # the head of the table stands on every page
    assert plain("จุดที่ 499") in text_of(made)


# -- a station's own template --------------------------------------------------------------------

OWN = '#import "style.typ": *\n#show: paper\nแบบของสถานี #data.heading'


@pytest.fixture
def own(tmp_path: Path) -> StationFolder:
    return a_station(tmp_path)


def test_a_station_s_own_template_is_used(own: StationFolder) -> None:
    with a_press(own) as press:
        shipped = pressed(press, handover_paper(PLACE))
        own_template(own, "handover", OWN)
        made = pressed(press, handover_paper(PLACE))
    assert "แบบของสถานี" in text_of(made)
    assert made.notes == () and made.template != shipped.template


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n#let x = ", r"templates/handover\.typ, line 2: expected expression"),
        ("#nothing()", r"templates/handover\.typ, line 1: unknown variable"),
        ('#read("/etc/passwd")', "asks for a file or a package"),
        ('#read("../station.toml")', "asks for a file or a package"),
        ('#image("../../letterhead/logo.png")', "asks for a file or a package"),
        ('#import "@preview/cetz:0.3.4"', "asks for a file or a package"),
        ('#import ("@pre" + "view/cetz:0.3.4")', "asks for a file or a package"),
        ('#include "@local/own:1.0.0"', "asks for a file or a package"),
        ('#plugin("x.wasm")', "asks for a file or a package"),
        ("#let f(x) = f(x)\n#f(1)", "line 1: maximum function call depth"),
    ],
)
def test_one_that_does_not_compile_or_reaches_out_is_named_and_passed_over(
    press: Press, folder: StationFolder, text: str, says: str
) -> None:
    own = own_template(folder, "handover", text)
    made = pressed(press, handover_paper(PLACE))
    own.unlink()
    (note,) = made.notes
    assert re.search(says, note.english()), note.english()
    assert plain(PLACE) in text_of(made)


def test_one_that_loops_costs_its_process_only_and_that_once(own: StationFolder) -> None:
    own_template(
        own, "handover", "#for a in range(9000) { for b in range(9000) { let c = a * b } }\n"
    )
    with a_press(own, limit_s=1.5) as press:
        made = pressed(press, handover_paper(PLACE))
        again = pressed(press, handover_paper(PLACE))
    assert "was not done after" in made.notes[0].english()
    assert again.notes == made.notes and again.took_ms < 1_400
    assert again.pdf == made.pdf


def test_one_that_eats_memory_is_named(own: StationFolder) -> None:
    own_template(own, "handover", "#let x = (0,) * 1000000000")
    with a_press(own, main=with_little_memory) as press:
        made = pressed(press, handover_paper(PLACE))
    assert "takes more memory" in made.notes[0].english()
    assert plain(PLACE) in text_of(made)


# -- what may be missing or broken ----------------------------------------------------------------

DOT = a_png()


def test_a_letterhead_is_printed_and_a_damaged_one_is_crossed_out(own: StationFolder) -> None:
    (own.root / "letterhead").mkdir()
    (own.root / "letterhead" / "emblem.png").write_bytes(DOT)
    with a_press(own) as press:
        good = pressed(press, handover_paper(PLACE))
        (own.root / "letterhead" / "emblem.png").write_bytes(DOT[:40])
        bad = pressed(press, handover_paper(PLACE))
    assert good.notes == () and "ตราสถานี" not in text_of(good)
    assert "letterhead.png cannot be read" in bad.notes[0].english()


def test_a_letterhead_that_is_a_link_is_left_out(own: StationFolder, tmp_path: Path) -> None:
    (own.root / "letterhead").mkdir()
    (tmp_path / "secret.png").write_bytes(DOT)
    (own.root / "letterhead" / "emblem.png").symlink_to(tmp_path / "secret.png")
    with a_press(own) as press:
        made = pressed(press, handover_paper(PLACE))
    assert "was left out" in made.notes[0].english()
    assert "ตราสถานี" in text_of(made)


def test_a_missing_font_is_named_and_nothing_is_set(
    own: StationFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "FONT_FILES", (*fonts.FONT_FILES, tmp_path / "Sarabun-Lost.ttf"))
    with a_press(own) as press, pytest.raises(KnownError, match="The font Sarabun-Lost"):
        pressed(press, handover_paper(PLACE))


def test_a_process_that_was_killed_is_replaced(own: StationFolder) -> None:
    with a_press(own) as press:
        first = pressed(press, handover_paper(PLACE))
        assert press._handle is not None
        os.kill(press._handle.pid, signal.SIGKILL)
        assert pressed(press, handover_paper(PLACE)).pdf == first.pdf


@pytest.mark.expected_log("was not set")
def test_what_the_shipped_template_cannot_set_is_refused_in_words(press: Press) -> None:
    with pytest.raises(KnownError, match=r"could not be set: handover\.typ, line"):
        pressed(press, Sheet("handover", "ใบส่งเวร", "", {"heading": "x"}))


def test_a_closed_press_refuses(own: StationFolder) -> None:
    with a_press(own) as press:
        press.warm()
    with pytest.raises(KnownError, match="closing"):
        pressed(press, handover_paper(PLACE))


def test_a_copy_is_marked_on_every_page_and_the_paper_is_not_touched(press: Press) -> None:
    made = pressed(press, handover_paper(*(f"จุดที่ {number}" for number in range(60))))
    copy = press.marked_as_copy(made.pdf, MORNING + timedelta(days=1), CLERK)
    assert made.sha256 == hashlib.sha256(made.pdf).hexdigest()
    with Pages(copy) as pages:
        assert pages.count == made.pages > 1
        for number in range(pages.count):
            assert plain("สำเนา พิมพ์ซ้ำ 23 พ.ย. 2569 10:46:00 น. โดย") in plain(pages.text(number))


def test_the_square_code_says_which_paper_it_is(press: Press) -> None:
    """Read by OpenCV from the printed page, as a telephone would."""
    import cv2

    made = pressed(press, handover_paper(PLACE))
    with Pages(made.pdf) as pages:
        seen = pages.picture(0, 300)
    pixels = np.frombuffer(seen.pixels, np.uint8).reshape(seen.height_px, seen.width_px, 4)
    said, _, _ = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels[:, :, :3]))
    assert said.splitlines() == [
        made.sheet.title,
        f"log {HEAD.origin}:{HEAD.n} {HEAD.hash}",
        "key -",
        f"data {made.data_sha256}",
    ]


def test_a_photograph_is_printed_and_stays_the_file_it_is(own: StationFolder) -> None:
    own_template(own, "handover", f'{OWN}\n#image("still.jpg", width: 60mm)')
    photo = a_jpeg()
    sheet = handover_paper(PLACE)
    with_photo = Sheet(sheet.kind, sheet.title, sheet.subject, sheet.data, {"still.jpg": photo})
    cut = Sheet(sheet.kind, sheet.title, sheet.subject, sheet.data, {"still.jpg": photo[:900]})
    with a_press(own) as press:
        good, bad = pressed(press, with_photo), pressed(press, cut)
    assert good.notes == () and photo[200:] in good.pdf
    assert "still.jpg cannot be read" in bad.notes[0].english()
    assert json.loads(good.data)["files"]["still.jpg"] == hashlib.sha256(photo).hexdigest()


def a_jpeg() -> bytes:
    """Noise, as a camera makes it at night."""
    import cv2

    noise = np.random.default_rng(7).integers(0, 255, (120, 160, 3), np.uint8)
    return bytes(cv2.imencode(".jpg", noise)[1])


def test_a_computer_of_many_processors_has_memory_enough(
    own: StationFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every thread reserves memory: with one for each of 32 processors there was none left."""
    monkeypatch.setenv("RAYON_NUM_THREADS", "32")
    with a_press(own) as press:
        made = pressed(press, handover_paper(*(f"จุดที่ {number}" for number in range(100))))
        assert press._handle is not None
        status = Path(f"/proc/{press._handle.pid}/status").read_text()
    assert made.pages > 1
    assert int(re.findall(r"VmPeak:\s+(\d+) kB", status)[0]) < 600_000


def test_the_template_in_the_manual_sets_a_paper(own: StationFolder) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "papers" / "own-template.md"
    found = re.search(r"```typst\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert found is not None
    own_template(own, "handover", found[1])
    with a_press(own) as press:
        made = pressed(press, handover_paper(PLACE))
    assert made.notes == ()
    for words in ("ใบส่งเวร", PLACE, "ร.ต.ท.ธนา", HEAD.hash):
        assert plain(words) in text_of(made)


def test_the_process_can_open_nothing_any_more_and_leaves_no_folder(
    own: StationFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with a_press(own) as press:
        pressed(press, handover_paper(PLACE))
        assert press._handle is not None
        limits = Path(f"/proc/{press._handle.pid}/limits").read_text()
    (line,) = [one for one in limits.splitlines() if one.startswith("Max open files")]
    assert line.split()[3:5] == ["0", "0"]
    assert list(folder.iterdir()) == []


def test_a_console_that_closes_does_not_wait_for_a_paper(own: StationFolder) -> None:
    loop = "#for a in range(9000) { for b in range(9000) { let c = a * b } }\n"
    own_template(own, "handover", loop)
    with a_press(own) as press, ThreadPoolExecutor(1) as clerk:
        press._hand.submit(press._warm).result()
        asked = clerk.submit(pressed, press, handover_paper(PLACE))
        press.close()
        with pytest.raises(KnownError, match="closing"):
            asked.result(timeout=5)
