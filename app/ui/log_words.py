"""What the window says of the log: at its foot, and in the header if it is bad. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.station.backups.backup import Backup
from app.thai.dates import date_time, short_date, short_time, to_local
from app.thai.translation import explain, language, say, tr
from app.ui.log_keeping import LogState

BACKUP_IS_OLD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class LogWords:
    """`icon` and `colour` as in the header's other states; `explained` is the tool tip."""

    icon: str
    colour: str
    text: str
    explained: str = ""


def chain_words(state: LogState, entries: int) -> tuple[str, str]:
    """The foot's words and the token of their colour."""
    if state.whole is None:
        return tr("Checking the log… · {count:,} entries", count=entries), ""
    if not state.whole:
        return tr("Log NOT WHOLE: see Setup · {count:,} entries", count=entries), "red"
    if state.last is None:
        return tr("Newest entries checked, whole · {count:,} entries", count=entries), ""
    checked = tr("checked {time}", time=_when(state.last.at))
    return tr("Log whole · {count:,} entries", count=entries) + f" · {checked}", ""


def alarm_words(state: LogState) -> LogWords | None:
    """The header's words; None while there is nothing that anybody must do."""
    if state.whole is False:
        found = state.last.said.findings if state.last is not None else ()
        lines = [say(one) for one in found[:3]] or [tr("The newest entries do not hold.")]
        lines.append(tr("Setup › Log and backups says what is safe and what to do."))
        return LogWords("x", "red", tr("LOG NOT WHOLE"), "\n".join(lines))
    if state.backup_trouble is not None:
        return LogWords("triangle-alert", "amber", tr("No backup"), explain(state.backup_trouble))
    return None


def check_words(state: LogState) -> LogWords:
    """The state of the log as a title."""
    if state.whole is None:
        return LogWords("loader-circle", "text_3", tr("The newest entries are being checked…"))
    if not state.whole:
        return LogWords("x", "red", tr("The log is NOT WHOLE"))
    if state.last is None:
        return LogWords("dot", "green", tr("The newest entries are whole"))
    return LogWords("dot", "green", tr("The log is whole"))


def checked_words(state: LogState) -> str:
    """When everything was checked, how much that was, and by whose seals."""
    last = state.last
    if last is None:
        return tr("Everything is checked every night; it has not been yet.")
    if last.said.refused:
        return tr("It could not be read on {time}.", time=date_time(last.at, language()))
    words = tr(
        "Everything checked {time}: {count:,} entries, {seals} seals, in {seconds:.0f} s",
        time=date_time(last.at, language()),
        count=last.said.entries,
        seals=last.said.seals,
        seconds=last.said.seconds,
    )
    if last.said.heads:
        words += " · " + tr("{count} heads kept elsewhere agree", count=last.said.heads)
    return words


def finding_words(state: LogState) -> str:
    """What the last check found, a line each; what is safe and what to do."""
    last = state.last
    if last is None or last.said.ok:
        return ""
    lines = [say(one) for one in last.said.findings[:8]]
    left = len(last.said.findings) - len(lines[:8]) + last.said.more
    if left > 0:
        lines.append(tr("… and {count} more findings.", count=left))
    if last.said.rebuilt:
        tables = ", ".join(last.said.rebuilt)
        lines.append(tr("Made anew from the log: {tables}.", tables=tables))
    if not last.stands:
        lines.append(
            tr(
                "Footage, evidence and backups are safe. Leave the station's folder as it is."
                " Close the console and run: main.py restore --station DIR --rehearse; it changes"
                " nothing and says what a backup would bring back."
            )
        )
    return "\n".join(lines)


def backup_words(newest: Backup | None, state: LogState, now: datetime) -> LogWords:
    """The newest backup as a title."""
    if newest is None:
        return LogWords("triangle-alert", "amber", tr("No backup yet"))
    words = tr("Last backup {time}", time=date_time(newest.made_at, language()))
    old = now - newest.made_at > BACKUP_IS_OLD
    if old or state.backup_trouble is not None:
        return LogWords("triangle-alert", "amber", words)
    return LogWords("dot", "green", words)


def _when(at: datetime) -> str:
    """The time of a night's check: `22 พ.ย. 2569 00:03`."""
    return f"{short_date(to_local(at), language())} {short_time(at)}"
