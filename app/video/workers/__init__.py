"""Decode workers: cameras read in processes of their own. `WorkerPictures` is the console's end."""

from app.video.workers.pictures import WorkerPictures

__all__ = ["WorkerPictures"]
