"""Small line charts as SVG: both axes from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

SIZE = 320
MARGIN = 56
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows: a curve, dots (x, y, radius, what a pointer on it reads), its axes' names, a diagonal."""

    x: str
    y: str
    curve: Points = ()
    dots: Sequence[tuple[float, float, float, str]] = ()
    diagonal: bool = False
    low: float = 0.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point; both axes run from `low` to 1."""
        span = 1 - self.low
        across, up = (max(value - self.low, 0) / span for value in (x, y))
        return MARGIN + SIZE * across, SIZE - SIZE * up + 10


def svg(chart: Chart) -> str:
    """The chart as an `<svg>` element; colours come from the classes of the page that holds it."""
    width, height = SIZE + MARGIN + 16, SIZE + MARGIN + 12
    parts = [*_axes(chart)]
    if chart.diagonal:
        (x1, y1), (x2, y2) = chart.place(chart.low, chart.low), chart.place(1, 1)
        parts.append(f'<line class="diagonal" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
    if chart.curve:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (chart.place(*point) for point in chart.curve))
        parts.append(f'<polyline class="curve" points="{points}"/>')
    for x, y, radius, title in chart.dots:
        left, top = chart.place(x, y)
        circle = f'<circle class="dot" cx="{left:.1f}" cy="{top:.1f}" r="{radius:.1f}">'
        parts.append(f"{circle}<title>{escape(title)}</title></circle>")
    name = escape(f"{chart.y} against {chart.x}")
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{name}">{"".join(parts)}</svg>'


def _axes(chart: Chart) -> list[str]:
    parts = []
    for share in TICKS:
        value = chart.low + share * (1 - chart.low)
        x, bottom = chart.place(value, chart.low)
        left, y = chart.place(chart.low, value)
        _, top = chart.place(1, 1)
        parts += [
            f'<line class="grid" x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}"/>',
            f'<line class="grid" x1="{left:.1f}" y1="{y:.1f}" x2="{left + SIZE:.1f}" y2="{y:.1f}"/>',
            f'<text x="{x:.1f}" y="{bottom + 15:.1f}" text-anchor="middle">{value:.3g}</text>',
            f'<text x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{value:.3g}</text>',
        ]
    middle = MARGIN + SIZE / 2
    parts.append(f'<text class="axis" x="{middle}" y="{SIZE + 42}" text-anchor="middle">{escape(chart.x)}</text>')
    turned = f'transform="translate(11 {SIZE / 2 + 10}) rotate(-90)"'
    parts.append(f'<text class="axis" {turned} text-anchor="middle">{escape(chart.y)}</text>')
    return parts


def thinned(points: Points, most: int = 400) -> Points:
    """At most about `most` of the points, the first and the last among them."""
    step = max(1, -(-len(points) // most))
    return [*points[::step], *points[-1:]]
