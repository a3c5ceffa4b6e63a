"""A station's own template: used when it is one plain file, named when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.sheets.templates import (
    SHIPPED,
    TemplateFaultError,
    own_template,
    shipped_template,
)


def test_the_shipped_one_is_hashed_with_its_style() -> None:
    first, second = shipped_template("handover"), shipped_template("copy_mark")
    assert first.sha256 != second.sha256
    assert first.sha256 == shipped_template("handover").sha256
    assert "style.typ" in first.styles and not first.is_own


def test_a_station_without_one_has_none(tmp_path: Path) -> None:
    assert own_template("handover", tmp_path) is None
    (tmp_path / "templates").mkdir()
    assert own_template("handover", tmp_path) is None


def test_a_station_s_own_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "handover.typ").write_text("สวัสดี", "utf-8")
    own = own_template("handover", tmp_path)
    assert own is not None and own.is_own
    assert (own.file, own.main) == ("templates/handover.typ", "สวัสดี".encode())
    assert own.sha256 != shipped_template("handover").sha256


def _link(path: Path) -> None:
    path.symlink_to(SHIPPED / "handover.typ")


def _folder(path: Path) -> None:
    path.mkdir()


def _huge(path: Path) -> None:
    path.write_bytes(bytes(1_000_001))


def _no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (_link, "is a link"),
        (_folder, "is no plain file"),
        (_huge, "is larger than 1 MB"),
        (_no_text, "is not text in UTF-8"),
    ],
)
def test_one_that_will_not_do_is_named(tmp_path: Path, made: object, says: str) -> None:
    (tmp_path / "templates").mkdir()
    made(tmp_path / "templates" / "handover.typ")  # type: ignore[operator]
    with pytest.raises(TemplateFaultError, match=rf"templates/handover\.typ {says}"):
        own_template("handover", tmp_path)


def test_a_folder_of_templates_that_is_a_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates").symlink_to(SHIPPED)
    with pytest.raises(TemplateFaultError, match="is a link"):
        own_template("handover", tmp_path)


@pytest.mark.parametrize("kind", ["../handover", "style", "", "A", "handover.typ", "nothing"])
def test_a_name_that_is_no_sheet_s_reads_nothing(kind: str) -> None:
    with pytest.raises(ValueError, match="sheet"):
        shipped_template(kind)
