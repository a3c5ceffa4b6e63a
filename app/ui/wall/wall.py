"""What the wall shows now: usual or named layout, page, and who sees the place. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.cameras.wall_layouts import WallLayout
from app.ui.wall.tile_places import known_count
from app.ui.wall.wall_arrangement import Arrangement, from_pages


@dataclass(frozen=True, slots=True)
class Standing:
    """An arrangement and how it is looked at: so many tiles, this page (from 0)."""

    arrangement: Arrangement = field(default_factory=Arrangement)
    tile_count: int = 12
    page: int = 0

    def with_tile_count(self, count: int) -> Standing:
        """More or fewer tiles, on the page where the first camera of this page stands."""
        return replace(
            self, tile_count=count, page=self.page * self.tile_count // count
        ).on_a_page_there_is()

    def on_a_page_there_is(self) -> Standing:
        last = self.arrangement.page_count(self.tile_count) - 1
        return self if self.page <= last else replace(self, page=last)


NOTHING_NAMED = Standing(Arrangement(takes_new=False))


class Wall:
    """The state of one wall. While cameras see the selected place they lead; what they lead is a
    standing of its own, so that afterwards everything is exactly as it was.
    """

    def __init__(self) -> None:
        self.usual = Standing()
        self.layout: WallLayout | None = None
        """The named layout that was chosen, as it was saved; None with the usual one."""
        self._named = NOTHING_NAMED
        self._led: Standing | None = None
        self._seeing: tuple[str, ...] = ()
        self.registered: tuple[str, ...] = ()
        """The cameras there are, in the register's order."""

    # What it shows

    @property
    def kept(self) -> Standing:
        """The usual or the named standing: what is there when nobody leads."""
        return self.usual if self.layout is None else self._named

    @property
    def present(self) -> Standing:
        """What is shown."""
        return self.kept if self._led is None else self._led

    @property
    def is_led(self) -> bool:
        """Whether cameras that see the selected place stand before all others."""
        return self._led is not None

    def shown(self) -> tuple[str, ...]:
        """The camera of each tile of this page; the empty string for none."""
        return self.present.arrangement.page(self.present.page, self.present.tile_count)

    def page_count(self) -> int:
        return self.present.arrangement.page_count(self.present.tile_count)

    @property
    def is_changed(self) -> bool:
        """Whether the named layout was arranged anew since it was saved."""
        layout = self.layout
        if layout is None:
            return False
        saved = from_pages(layout.pages, layout.tile_count).with_cameras(self.registered)
        return (self.kept.tile_count, self.kept.arrangement.places) != (
            layout.tile_count,
            saved.places,
        )

    def as_layout(self, layout_id: str, name: str) -> WallLayout:
        """What is kept, to be saved under a name."""
        kept = self.kept
        pages = kept.arrangement.pages(kept.tile_count)
        return WallLayout(layout_id, name, kept.tile_count, pages)

    # What is done with it

    def set_cameras(self, registered: Sequence[str]) -> None:
        """The cameras there are now, in the register's order."""
        self.registered = tuple(registered)
        self.usual = self._for_register(self.usual)
        self._named = self._for_register(self._named)
        if self._led is not None:
            self._led = self._for_register(self._led)

    def _for_register(self, standing: Standing) -> Standing:
        arrangement = standing.arrangement.with_cameras(self.registered)
        return replace(standing, arrangement=arrangement).on_a_page_there_is()

    def set_tile_count(self, count: int) -> None:
        """Another number of tiles; an unknown one is the next larger."""
        count = known_count(count)
        self._keep(self.kept.with_tile_count(count))
        if self._led is not None:
            self._led = self._led.with_tile_count(count)

    def turn_page(self, by: int) -> None:
        """After the last page comes the first."""
        turned = replace(self.present, page=(self.present.page + by) % self.page_count())
        if self._led is not None:
            self._led = turned
        else:
            self._keep(turned)

    def set_seeing(self, camera_ids: Sequence[str]) -> None:
        """Who sees the selected place, best first. () gives back what was there before.

        The same cameras again change nothing: the officer may have turned the page meanwhile.
        """
        if tuple(camera_ids) != self._seeing:
            self._seeing = tuple(camera_ids)
            self._lead()

    def _lead(self) -> None:
        leaders = [camera_id for camera_id in self._seeing if camera_id in self.registered]
        self._led = None
        if leaders:
            led = self.kept.arrangement.led_by(leaders)
            self._led = replace(self.kept, arrangement=led, page=0)

    def choose(self, layout: WallLayout | None) -> None:
        """A named layout as it was saved, or the usual one as it was left."""
        self.layout = layout
        if layout is not None:
            arrangement = from_pages(layout.pages, layout.tile_count)
            self._named = self._for_register(Standing(arrangement, layout.tile_count))
        self._lead()

    def layout_was_saved(self, layout: WallLayout) -> None:
        """What is shown is this layout from now on; nothing moves on the wall."""
        if self.layout is None:
            self._named = replace(
                self.usual, arrangement=replace(self.usual.arrangement, takes_new=False)
            )
        self.layout = layout

    def resume(self, usual: Standing, named: Standing, layout: WallLayout | None) -> None:
        """As it was remembered."""
        self.usual, self._named, self.layout = usual, named, layout
        if self.registered:
            self.set_cameras(self.registered)
        self._lead()

    def put(self, camera_id: str, tile: int) -> None:
        """A camera into a tile of this page; see `Arrangement.with_camera_at`.

        While others lead, the same is done to what comes back: the two cameras change places there.
        A camera nobody registered is not put anywhere.
        """
        if camera_id not in self.registered:
            return
        place = self.present.page * self.present.tile_count + tile
        if self._led is None:
            self._keep(self._with_camera_at(self.kept, camera_id, place))
            return
        other = self._led.arrangement.at(place)
        self._led = self._with_camera_at(self._led, camera_id, place)
        kept = self.kept.arrangement
        there = kept.place_of(other)
        if there is None and kept.place_of(camera_id) is None:
            there = len(kept.places)
        if there is not None:
            self._keep(self._with_camera_at(self.kept, camera_id, there))

    @staticmethod
    def _with_camera_at(standing: Standing, camera_id: str, place: int) -> Standing:
        arrangement = standing.arrangement.with_camera_at(camera_id, place)
        return replace(standing, arrangement=arrangement).on_a_page_there_is()

    def empty(self, tile: int) -> None:
        """Take the camera out of a tile. It stays registered and can be brought back."""
        camera_id = self.shown()[tile]
        self._keep(self._without(self.kept, camera_id))
        if self._led is not None:
            self._led = self._without(self._led, camera_id)

    @staticmethod
    def _without(standing: Standing, camera_id: str) -> Standing:
        arrangement = standing.arrangement.without(camera_id)
        return replace(standing, arrangement=arrangement).on_a_page_there_is()

    def bring_back_all(self) -> None:
        """Cameras that were taken out stand at the end again."""
        self._keep(replace(self.kept, arrangement=self.kept.arrangement.with_all()))
        self._lead()

    def order_by_register(self) -> None:
        """Every camera in the order of the register, as on the first day."""
        takes_new = self.kept.arrangement.takes_new
        ordered = replace(Arrangement().with_cameras(self.registered), takes_new=takes_new)
        self._keep(replace(self.kept, arrangement=ordered, page=0))
        self._lead()

    def _keep(self, standing: Standing) -> None:
        if self.layout is None:
            self.usual = standing
        else:
            self._named = standing

    @property
    def named(self) -> Standing:
        """The named layout as it is arranged now, for remembering."""
        return self._named
