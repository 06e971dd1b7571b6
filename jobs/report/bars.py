"""Small bar charts with a grid, for hours and days."""

from collections.abc import Mapping, Sequence

from jobs.report.markup import Html, el, labelled
from jobs.report.words import Both, number, same

_WIDTH, _HEIGHT, _LEFT, _FOOT, _HEAD = 480, 150, 62, 22, 8


def bar_chart(
    values: Sequence[float], names: Mapping[int, str], label: Both, marked: frozenset[int] = frozenset()
) -> Html:
    """Draw one bar a value; `names` stand below the bars of that index, `marked` ones are dashed round."""
    step = (_WIDTH - _LEFT) / max(len(values), 1)
    top = max([*values, 0.0]) or 1.0
    full = _HEIGHT - _FOOT - _HEAD
    bars = [
        el(
            "rect",
            x=f"{_LEFT + i * step + step * 0.06:.1f}",
            y=f"{_HEIGHT - _FOOT - full * value / top:.1f}",
            width=f"{step * 0.88:.1f}",
            height=f"{full * value / top:.1f}",
            class_="odd" if i in marked else None,
        )
        for i, value in enumerate(values)
    ]
    below = [
        el("text", text, x=f"{_LEFT + (i + 0.5) * step:.1f}", y=_HEIGHT - 6) for i, text in names.items()
    ]
    parts = [*_grid(top, full), *bars, *below]
    return el(
        "svg", *parts, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", class_="rhythm", **labelled(label)
    )


def _grid(top: float, full: float) -> list[Html]:
    lines = []
    for part in (0.5, 1.0):
        y = _HEIGHT - _FOOT - full * part
        lines.append(el("path", d=f"M{_LEFT} {y:.1f}H{_WIDTH}", class_="grid"))
        text = same(number(rounded(top * part)).en)
        lines.append(el("text", text, x=_LEFT - 6, y=f"{y + 4:.1f}", class_="scale"))
    return lines


def rounded(value: float) -> float:
    """Three significant digits: an estimate does not count single persons."""
    return float(f"{value:.3g}")
