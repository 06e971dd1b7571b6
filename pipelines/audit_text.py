"""What attacks found, for people."""

from typing import Any


def finding_text(told: dict[str, Any]) -> str:
    """A finding: its figures on the release and on the control."""
    lines = [f"{told['attack']}"]
    for side in ("released", "control"):
        lines.append(
            f"  {side}: " + ("nothing to attack" if told[side] is None else figures_text(told[side]))
        )
    if told["control_succeeds"] is not None:
        word = "succeeds" if told["control_succeeds"] else "FAILS: its figures say nothing about the release"
        lines.append(f"  on raw events the attack {word}")
    return "\n".join(lines)


def figures_text(figures: dict[str, Any]) -> str:
    """Figures on one line, estimates with their intervals."""
    return ", ".join(f"{name} {_value(value)}" for name, value in figures.items())


def _value(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"value", "low", "high"}:
        return f"{value['value']:.4g} [{value['low']:.4g}, {value['high']:.4g}]"
    if isinstance(value, dict):
        return "{" + "; ".join(f"{name}: {_value(part)}" for name, part in value.items()) + "}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
