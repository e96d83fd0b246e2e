"""Authored pages as HTML, written by many hands: what the markup's weights are learnt from."""

from hansift.corpus.render.page import bare, render, rendered

__all__ = ["bare", "render", "rendered"]
