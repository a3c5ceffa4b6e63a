"""How long a stretch of footage is and how large, in words. Knows no footage."""

from __future__ import annotations

from app.thai.translation import tr


def span_words(seconds: float) -> str:
    """`4 นาที 30 วินาที`, `2 ชม. 5 นาที`, `31 วัน`: the two largest units; tenths below a minute."""
    if seconds < 60:
        tenths = round(max(seconds, 0.0) * 10)
        whole = tenths % 10 == 0
        shown = str(tenths // 10) if whole else f"{tenths / 10:.1f}"
        return tr("{count} seconds", count=shown)
    left = round(seconds)
    days, left = divmod(left, 86_400)
    hours, left = divmod(left, 3600)
    minutes, rest = divmod(left, 60)
    parts = (
        (days, tr("{count} days", count=days)),
        (hours, tr("{count} hours", count=hours)),
        (minutes, tr("{count} minutes", count=minutes)),
        (rest, tr("{count} seconds", count=rest)),
    )
    first = next(number for number, (count, _) in enumerate(parts) if count)
    return " ".join(words for count, words in parts[first : first + 2] if count)


def short_span(seconds: float) -> str:
    """`52 วิ`, `3:10`, `1:02:11`: beside a camera's name."""
    whole = max(0, round(seconds))
    if whole < 60:
        return tr("{count} s", count=whole)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def size_words(size_bytes: float) -> str:
    """`548 MB`, `1.2 GB`: decimal units, as disks and memory sticks are sold."""
    if size_bytes < 1e6:
        return f"{size_bytes / 1e3:.0f} kB"
    if size_bytes < 1e9:
        return f"{size_bytes / 1e6:.0f} MB"
    return f"{size_bytes / 1e9:.1f} GB"
