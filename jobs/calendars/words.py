"""How slots of the day are called by people, in English and French."""

SLOT_WORDS: dict[str, tuple[str, str]] = {
    "night": ("Night", "Nuit"),
    "early": ("Early morning", "Tôt le matin"),
    "early_morning": ("Early morning", "Tôt le matin"),
    "am_peak": ("Morning peak", "Pointe du matin"),
    "morning": ("Morning", "Matin"),
    "midday": ("Midday", "Milieu de journée"),
    "day": ("Daytime", "Journée"),
    "off_peak": ("Off-peak", "Heures creuses"),
    "interpeak": ("Between peaks", "Entre les pointes"),
    "afternoon": ("Afternoon", "Après-midi"),
    "pm_peak": ("Evening peak", "Pointe du soir"),
    "evening": ("Evening", "Soirée"),
    "late": ("Late evening", "Fin de soirée"),
}
"""Usual names of slots, in the course of the day."""


def slot_words(slot: str) -> tuple[str, str]:
    """English and French words for a slot; a name that is not usual, with its underscores spaced."""
    plain = slot.replace("_", " ")
    return SLOT_WORDS.get(slot, (plain[:1].upper() + plain[1:],) * 2)
