"""Simulated RTSP cameras for the demo station, tests and benchmarks. Imports neither cv2 nor av."""

from app.demo.simulated_cameras.fleet import SimulatedFleet
from app.demo.simulated_cameras.spec import (
    CameraSpec,
    ClipContent,
    Fault,
    FaultSettings,
    Light,
    Login,
    Scene,
    SceneContent,
    StampContent,
    StreamSize,
)

__all__ = [
    "CameraSpec",
    "ClipContent",
    "Fault",
    "FaultSettings",
    "Light",
    "Login",
    "Scene",
    "SceneContent",
    "SimulatedFleet",
    "StampContent",
    "StreamSize",
]
