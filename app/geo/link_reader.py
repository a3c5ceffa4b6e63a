"""Reads a place from map links, geo: addresses and LINE's location messages. Never opens a link.

Google Maps, OpenStreetMap and Apple Maps; a short link holds no place and is refused.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

from app.errors import KnownError, Message, msg
from app.geo.coordinates import LatLon, as_decimal
from app.geo.reading import Notation, Reading, in_thailand, shortened, unclear

_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_NUMBERS = re.compile(rf"\s*(?:loc:)?\s*({_NUMBER})\s*(?:,|\s)\s*({_NUMBER})(?:\s*\(.*\))?\s*")
_LINK = re.compile(
    r"(?:https?://|geo:)\S+"
    r"|(?<![a-z.])(?:[a-z]{1,20}\.){0,3}(?:google|goo|apple|openstreetmap|osm)"
    r"\.[a-z]{2,3}(?:\.[a-z]{2})?/\S*",
    re.IGNORECASE,
)
_SHORT_HOSTS = (
    "goo.gl", "g.co", "bit.ly", "t.co", "tinyurl.com", "lin.ee", "line.me", "maps.apple",
)  # fmt: skip
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_WAYPOINT = re.compile(rf"!1d({_NUMBER})!2d({_NUMBER})")
_AT = re.compile(rf"/@({_NUMBER}),({_NUMBER})(?:,|/|$)")
_OSM_MAP = re.compile(rf"(?:^|&)map=\d+(?:\.\d+)?/({_NUMBER})/({_NUMBER})")
_QUERY_KEYS = ("query", "q", "ll", "coordinate", "destination", "daddr", "center", "sll", "cbll")
_LINE_WORDS = re.compile(r"\b(?:location|line)\b|ตำแหน่ง|โลเคชั่น|โลเคชัน", re.IGNORECASE)

Pair = tuple[float, float]
ReadText = Callable[[str], Reading | None]


def is_link(text: str) -> bool:
    """True for text that holds a link or a message of LINE that means a place."""
    return _LINK.search(text) is not None or _json_object(text) is not None


def read_link(text: str, read_words: ReadText) -> Reading | None:
    """The one place of the links in `text`. `read_words` reads a place that a link spells out.

    KnownError when a link is short, leads to two places, or to none.
    """
    message = _json_object(text)
    if message is not None:
        return _read_line_object(message, text)
    links = [_trimmed(found[0]) for found in _LINK.finditer(text)]
    if not links:
        return None
    readings = [_read_one(link, read_words) for link in links]
    first = readings[0]
    for other in readings[1:]:
        if _apart(first.place, other.place):
            raise unclear(
                msg("These links lead to two places."), msg("Paste only the one that is meant.")
            )
    words = text.replace(links[0], "").strip()
    if words and _LINE_WORDS.search(words):
        understood = msg("LINE location message, {how}", how=first.understood)
        return Reading(first.place, Notation.LINE, understood, first.size_m)
    return first


def _trimmed(link: str) -> str:
    """Without the punctuation of the sentence it stood in."""
    return link.rstrip(".,;>" if "(" in link else ").,;>")


def _read_one(link: str, read_words: ReadText) -> Reading:
    if link.lower().startswith("geo:"):
        return _read_geo(link)
    whole = link if "//" in link else f"https://{link}"
    try:
        parts = urlsplit(whole)
        host, path = (parts.hostname or "").lower(), unquote_plus(parts.path)
        query = parse_qs(parts.query)
    except ValueError:
        raise _no_place(link) from None
    _refuse_short(host, parts.path, link)
    service = _service(host)
    for read in (_pins, _osm, _in_query, _in_path, _at):
        found = read(link, path, query, parts.fragment, read_words)
        if found is not None:
            place = found if isinstance(found, LatLon) else in_thailand(*found, link)
            centre = read is _at
            understood = (
                msg("{service}, the middle of the map shown", service=service)
                if centre
                else service
            )
            return Reading(place, Notation.MAP_LINK, understood)
    raise _no_place(link)


def _pins(
    link: str, path: str, query: dict[str, list[str]], fragment: str, read: ReadText
) -> Pair | None:
    """`!3d…!4d…` is the pin itself; several different ones are a list or a way."""
    plain = unquote_plus(link)
    pairs = [(float(one[1]), float(one[2])) for one in _PIN.finditer(plain)]
    pairs += [(float(one[2]), float(one[1])) for one in _WAYPOINT.finditer(plain)]
    return _only(pairs)


def _osm(
    link: str, path: str, query: dict[str, list[str]], fragment: str, read: ReadText
) -> Pair | None:
    if "mlat" in query and "mlon" in query:
        try:
            return float(query["mlat"][0]), float(query["mlon"][0])
        except ValueError:
            return None
    found = _OSM_MAP.search(fragment)
    return (float(found[1]), float(found[2])) if found else None


def _in_query(
    link: str, path: str, query: dict[str, list[str]], fragment: str, read: ReadText
) -> Pair | LatLon | None:
    for key in _QUERY_KEYS:
        for value in query.get(key, ()):
            found = _spelled(value, read)
            if found is not None:
                return found
    return None


def _in_path(
    link: str, path: str, query: dict[str, list[str]], fragment: str, read: ReadText
) -> Pair | LatLon | None:
    """`/maps/search/16.5,104.7`, `/maps/place/16°32'35"N+104°43'22"E`, `/maps/dir//16.5,104.7`."""
    found = [_spelled(part, read) for part in path.split("/") if not part.startswith("@")]
    places = [one for one in found if one is not None]
    if len(places) > 1:
        raise _a_way()
    return places[0] if places else None


def _at(
    link: str, path: str, query: dict[str, list[str]], fragment: str, read: ReadText
) -> Pair | None:
    found = _AT.search(path)
    return (float(found[1]), float(found[2])) if found else None


def _spelled(words: str, read: ReadText) -> Pair | LatLon | None:
    found = _NUMBERS.fullmatch(words)
    if found is not None:
        return float(found[1]), float(found[2])
    reading = read(words) if any(letter.isdigit() for letter in words) else None
    return reading.place if reading else None


def _read_geo(link: str) -> Reading:
    """RFC 5870, and Android's `geo:0,0?q=16.5,104.7(name)`."""
    head, _, tail = link[4:].partition("?")
    place, *parameters = head.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.lower() == "crs" and value.lower() != "wgs84":
            raise unclear(msg("This geo: address is not in WGS 84."))
    pair = _pair(place)
    query = parse_qs(tail)
    if "q" in query:
        pair = _pair(re.sub(r"\(.*\)$", "", query["q"][0])) or (None if pair == (0, 0) else pair)
    if pair is None:
        raise _no_place(link)
    return Reading(in_thailand(*pair, link), Notation.GEO_URI, msg("geo: address"))


def _pair(text: str) -> Pair | None:
    numbers = text.split(",")[:2]
    try:
        lat_deg, lon_deg = (float(number) for number in numbers)
    except ValueError:
        return None
    return (lat_deg, lon_deg) if math.isfinite(lat_deg) and math.isfinite(lon_deg) else None


def _json_object(text: str) -> dict[str, Any] | None:
    """A location message as LINE hands it on: `{"type": "location", "latitude": …}`."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for inner in _objects(found):
        if {"latitude", "longitude"} <= inner.keys():
            return inner
    return None


def _objects(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
        if isinstance(found.get("message"), dict):
            yield found["message"]


def _read_line_object(message: dict[str, Any], text: str) -> Reading:
    lat, lon = message["latitude"], message["longitude"]
    numbers = [one for one in (lat, lon) if isinstance(one, int | float) and math.isfinite(one)]
    if len(numbers) != 2:
        raise _no_place(text)
    place = in_thailand(float(lat), float(lon), text)
    return Reading(place, Notation.LINE, msg("LINE location message"))


def _only(pairs: list[Pair]) -> Pair | None:
    if not pairs:
        return None
    if any(max(abs(one[0] - pairs[0][0]), abs(one[1] - pairs[0][1])) > 1e-6 for one in pairs):
        raise _a_way()
    return pairs[0]


def _apart(one: LatLon, other: LatLon) -> bool:
    return max(abs(one.lat_deg - other.lat_deg), abs(one.lon_deg - other.lon_deg)) > 2e-5


def _service(host: str) -> Message:
    if "google" in host:
        return msg("Google Maps link")
    if "apple" in host:
        return msg("Apple Maps link")
    if "openstreetmap" in host or host.startswith("osm"):
        return msg("OpenStreetMap link")
    return msg("map link")


def _refuse_short(host: str, path: str, link: str) -> None:
    is_go = host in ("osm.org", "www.openstreetmap.org") and path.startswith("/go/")
    if is_go or any(host == short or host.endswith(f".{short}") for short in _SHORT_HOSTS):
        raise unclear(
            msg("{link} is a short link: the place is not in it.", link=shortened(link)),
            msg("Open it on a phone and paste the coordinates or the long link it leads to."),
        )


def _a_way() -> KnownError:
    return unclear(
        msg("This link leads to several places."),
        msg("Open the one place that is meant and copy its link or its coordinates."),
    )


def _no_place(link: str) -> KnownError:
    return unclear(
        msg("There are no coordinates in {link}.", link=shortened(link)),
        msg("Open it on a phone and paste the coordinates or the long link it leads to."),
    )


def link_to(place: LatLon) -> str:
    """A link every phone opens; its digits are a tenth of a metre."""
    return f"https://maps.google.com/?q={place.lat_deg:.6f},{place.lon_deg:.6f}"


def geo_uri(place: LatLon) -> str:
    """`geo:16.543100,104.722800`."""
    return f"geo:{place.lat_deg:.6f},{place.lon_deg:.6f}"


def line_message(place: LatLon, title: str) -> str:
    """What a location looks like when it is shared in LINE: a title and a link."""
    return f"ตำแหน่ง\n{title or as_decimal(place)}\n{link_to(place)}"
