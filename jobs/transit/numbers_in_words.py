"""Numbers as proposals write them, in English and French."""

Text = dict[str, str]
"""The same in English (`en`) and French (`fr`)."""


def minutes(value: float, language: str) -> str:
    """A figure with one decimal at most."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if language == "fr" else text


def count(value: float, language: str) -> str:
    """A whole number with thousands apart."""
    return f"{value:,.0f}".replace(",", "\u202f" if language == "fr" else ",")
