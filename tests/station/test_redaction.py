"""No secret and no credential gets into a log line, whatever carries it."""

from __future__ import annotations

import logging
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.station import ProgramLog, RedactingFilter, Redactor, without_credentials
from tests.station.places import small_disk

PASSWORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=4, max_size=20)


@given(secret=PASSWORDS, before=st.text(max_size=10), after=st.text(max_size=10))
def test_a_known_secret_is_hidden_in_every_form(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.learn(secret)
    for form in (secret, quote(secret, safe=""), repr(secret)[1:-1]):
        assert form not in redactor.redact(f"{before}{form}{after}").replace("***", "")


@given(
    user=st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    password=st.text("abcXYZ019!$&'()*+,;=-._~@/?#:", min_size=1, max_size=16),
)
def test_no_password_in_an_address_is_shown(user: str, password: str) -> None:
    secret = f"{password}s3cretTail"  # so that what may not be shown cannot be there by chance
    shown = without_credentials(f"open rtsp://{user}:{secret}@10.0.0.5:554/live failed")
    assert "s3cretTail" not in shown
    assert shown.endswith("@10.0.0.5:554/live failed")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rtsp://admin:a@b@cam/1", "rtsp://***@cam/1"),
        ("rtsp://admin@cam/1", "rtsp://***@cam/1"),
        ("rtsp://10.0.0.5/Streaming@2", "rtsp://10.0.0.5/Streaming@2"),
        ("rtsp://cam/live?user=a&password=1234&x=1", "rtsp://cam/live?user=a&password=***&x=1"),
        ("rtsp://cam/user=a_passwd=b7&channel=1", "rtsp://cam/user=a_passwd=***&channel=1"),
        ("'rtsp://a:b@one' and 'rtsp://c:d@two'", "'rtsp://***@one' and 'rtsp://***@two'"),
        ("mail officer@station.th", "mail officer@station.th"),
        ("12:30 at the market", "12:30 at the market"),
    ],
)
def test_only_what_is_secret_is_hidden(text: str, shown: str) -> None:
    assert without_credentials(text) == shown


def test_a_one_digit_password_does_not_blank_every_number() -> None:
    redactor = Redactor()
    redactor.learn("1")
    redactor.learn("")
    assert redactor.redact("camera C01 at 10:11, password 1") == "camera C01 at 10:11, password ***"


def lines(folder: Path) -> str:
    return (folder / "console.log").read_text("utf-8")


@pytest.mark.expected_log("")
def test_a_secret_reaches_the_program_s_log_by_no_way(tmp_path: Path) -> None:
    redactor = Redactor()
    redactor.learn("hunter22")
    log = ProgramLog(tmp_path, "console", redactor)
    log.start()
    logger = logging.getLogger("app.video.capture")
    try:
        logger.info("opening %s for %s", "rtsp://u:pw1@cam/1", "hunter22")
        logger.warning("hunter22", stack_info=True)
        try:
            raise OSError("could not open rtsp://u:pw2@cam/1 with hunter22")
        except OSError:
            logger.exception("the camera at rtsp://u:pw3@cam/1")
    finally:
        log.stop()

    text = lines(tmp_path)
    assert "opening rtsp://***@cam/1 for ***" in text
    assert "OSError: could not open rtsp://***@cam/1 with ***" in text
    for secret in ("hunter22", "pw1", "pw2", "pw3"):
        assert secret not in text


def test_a_wrong_call_of_the_log_is_kept_without_its_values() -> None:
    redactor = Redactor()
    redactor.learn("hunter22")
    record = logging.LogRecord("app", logging.INFO, "", 0, "wrong %d hunter22", ("x",), None)
    assert RedactingFilter(redactor).filter(record)
    assert record.getMessage() == "wrong %d ***"


def test_the_log_says_when_in_utc_and_stays_silent_after_it_was_stopped(tmp_path: Path) -> None:
    log = ProgramLog(tmp_path, "console", Redactor())
    log.start()
    logging.getLogger("app").info("started %s", "ก")
    log.stop()
    logging.getLogger("app").info("later")
    log.stop()

    (line,) = lines(tmp_path).splitlines()
    stamp, rest = line.split(" ", 1)
    assert stamp.endswith("Z") and "T" in stamp
    assert rest == "INFO MainThread app: started ก"
    assert log.lost == 0


def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    log = ProgramLog(tmp_path, "console", Redactor())
    log.start()
    for _ in range(14):
        logging.getLogger("app").info("x" * 1_000_000)
    log.stop()
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 6
    assert max(sizes) <= 2_000_000


def test_a_log_on_a_full_disk_stops_nothing_and_prints_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "disk", size_kb=64) as disk:
        (disk / "film").write_bytes(bytes(64 * 1024))
        log = ProgramLog(disk, "console", Redactor())
        log.start()
        logging.getLogger("app").info("one line")
        log.stop()
        assert log.lost > 0
    assert capfd.readouterr() == ("", "")
