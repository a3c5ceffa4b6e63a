"""`python -m app.demo.simulated_cameras`: the cameras alone until Ctrl+C, faults typed on stdin."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras.fleet import SimulatedFleet
from app.demo.simulated_cameras.orders import typed_order
from app.demo.simulated_cameras.sample import sample_cameras
from app.demo.simulated_cameras.spec import (
    CameraSpec,
    ClipContent,
    Content,
    Light,
    StampContent,
)
from app.errors import KnownError, msg
from app.thai.translation import explain, say

_ORDERS = msg(
    "Type a fault and a camera, such as {example}; {heal} makes it well again. Ctrl+C ends.",
    example="freeze C01",
    heal="heal C01",
)
_ENCODED_AGAIN = msg("{file} is {codec}: it is encoded as H.264 once, when it is first asked for.")
_NO_VIDEO = msg("There is no video that can be read in {file}.")
_NOT_UNDERSTOOD = msg("Not understood: {typed}")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--port", default=8554, show_default=True, type=click.IntRange(0, 65535))
@click.option("--cameras", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--stamps", is_flag=True, help="Pictures that carry their number and time.")
@click.option("--clip", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--light", type=click.Choice([light.value for light in Light]), default="local")
@click.option("--fps", type=click.IntRange(1, 60), help="Rate of the sub stream.")
@click.option("--own-ports", is_flag=True, help="A port for each, which it can refuse at.")
def main(
    port: int,
    cameras: int,
    stamps: bool,
    clip: Path | None,
    light: str,
    fps: int | None,
    own_ports: bool,
) -> None:
    """Serve simulated RTSP cameras on loopback."""
    content: Content | None = ClipContent(clip) if clip else StampContent() if stamps else None
    specs = sample_cameras(cameras, light=Light(light), content=content, sub_fps=fps)
    if clip is not None:
        _say_if_encoded_again(clip)
    fleet = SimulatedFleet(specs, port=port, own_ports=own_ports)
    fleet.start()
    try:
        _serve(fleet, specs)
    except KeyboardInterrupt:
        pass
    finally:
        fleet.stop()


def _say_if_encoded_again(clip: Path) -> None:
    from app.demo.simulated_cameras.clip_source import codec_of, is_sent_as_it_is  # PyAV

    try:
        codec = codec_of(clip)
    except (OSError, ValueError) as broken:
        raise click.ClickException(say(msg(_NO_VIDEO.template, file=clip.name))) from broken
    if not is_sent_as_it_is(codec):
        click.echo(say(msg(_ENCODED_AGAIN.template, file=clip.name, codec=codec)))


def _serve(fleet: SimulatedFleet, specs: tuple[CameraSpec, ...]) -> None:
    for spec in specs:
        click.echo(f"{fleet.url(spec.camera_id, StreamKind.SUB)}  {spec.name_th}")
    click.echo(say(_ORDERS))
    for line in sys.stdin:
        obey(fleet, line)
    fleet.wait_until_gone()


def obey(fleet: SimulatedFleet, line: str) -> None:
    """Carry out a typed order."""
    if not line.strip():
        return
    try:
        fleet.order(typed_order(line))
    except (KeyError, ValueError):
        click.echo(say(msg(_NOT_UNDERSTOOD.template, typed=line.strip())))
    except KnownError as error:
        click.echo(explain(error))


if __name__ == "__main__":
    main()
