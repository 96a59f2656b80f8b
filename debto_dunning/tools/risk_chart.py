"""Charts of a debtor's risk as SVG without scripts: a gauge, and score and days late over time."""

import math
from html import escape

#: (highest score, colour) of each range of scores.
COLORS = ((25, "#28a745"), (50, "#8bc34a"), (75, "#fd7e14"), (100, "#dc3545"))


def color_of(score):
    return next(color for most, color in COLORS if score <= most or most == 100)


def gauge(score, caption=""):
    """SVG of a half circle, filled in proportion to the score (0 to 100), with the number and a caption."""
    angle = math.pi * (1 - min(max(score, 0), 100) / 100)
    x, y = 60 + 48 * math.cos(angle), 58 - 48 * math.sin(angle)
    return (
        f'<svg viewBox="0 0 120 82" width="150" height="102" role="img" aria-label="{score}">'
        '<path d="M 12 58 A 48 48 0 0 1 108 58" fill="none" stroke="#e3e6ea" stroke-width="12"/>'
        f'<path d="M 12 58 A 48 48 0 0 1 {x:.2f} {y:.2f}" fill="none" stroke="{color_of(score)}" stroke-width="12"/>'
        '<text x="60" y="58" text-anchor="middle" font-size="26" font-weight="bold" fill="currentColor">'
        f'{score}</text>'
        f'<text x="60" y="76" text-anchor="middle" font-size="11" fill="currentColor">{escape(caption)}</text></svg>')


def history_chart(rows, score_label, days_label, month):
    """SVG of two lines over time: the score (left scale, 0 to 100) and the average days late (right scale).

    :param rows: [(date, score, days)], at least two, by date
    :param month: function that formats a date for the axis
    """
    width, height, left, right, top, bottom = 640, 200, 36, 40, 24, 26
    first, last = rows[0][0], rows[-1][0]
    span = max((last - first).days, 1)
    days = [row[2] for row in rows]
    low, high = min(0, *days), max(10, *days)

    def place(day):
        return left + (width - left - right) * (day - first).days / span

    def level(value, least, most):
        return height - bottom - (height - top - bottom) * (value - least) / (most - least)

    def line(points, color):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        return f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>'

    def text(x, y, words, anchor="middle", color="#6c757d"):
        return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="11" fill="{color}">'
                f'{escape(words)}</text>')

    step = max(1, math.ceil(len(rows) / 8))
    return "".join([
        f'<svg viewBox="0 0 {width} {height}" width="100%" style="max-width: {width}px" role="img">',
        *(f'<line x1="{left}" x2="{width - right}" y1="{level(value, 0, 100):.1f}" y2="{level(value, 0, 100):.1f}" '
          f'stroke="#e3e6ea"/>{text(left - 6, level(value, 0, 100) + 4, str(value), "end", "#6f42c1")}'
          for value in (0, 50, 100)),
        *(text(width - right + 6, level(value, low, high) + 4, f"{value:.0f}", "start", "#fd7e14")
          for value in sorted({low, high, 0})),
        *(text(place(row[0]), height - 8, month(row[0])) for row in rows[::step]),
        line([(place(day), level(score, 0, 100)) for day, score, _days in rows], "#6f42c1"),
        line([(place(day), level(late, low, high)) for day, _score, late in rows], "#fd7e14"),
        text(left, 14, score_label, "start", "#6f42c1"),
        text(width - right, 14, days_label, "end", "#fd7e14"),
        "</svg>",
    ])
