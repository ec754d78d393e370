"""What Castlebrook did and owes: actions at known hotspots and anywhere else, in every state that one can be in."""

from typing import Final

from data.demo.effects import ACTION

ACTION_HEADER: Final = (
    "reference", "what", "due on", "done on", "place", "kind", "harm group", "led by", "did it help", "answered on",
    "note",
)  # fmt: skip
_AT_HOTSPOTS: Final = (
    ("CBH-02", ACTION["what"], "", ACTION["date"], "", "Adult presence", "violence", "council", "", "", ""),
    ("CBH-01", "Staff on the stands until the last bus, and the shelter by the kiosk opened up", "", "2025-07-01", "",
     "Adult presence", "asb", "transport", "yes", "2025-10-06", "Staff say the stands are calmer at night"),
    ("CBH-03", "Garage court gated and lit", "2026-01-30", "2026-02-16", "", "Lighting or repair", "cce", "council",
     "", "", ""),
    ("CBH-04", "Training for takeaway staff on the signs of exploitation", "2026-09-30", "", "", "Staff training",
     "cse", "dsl", "", "", ""),
    ("CBH-05", "Youth workers at the car park on Friday and Saturday evenings", "2027-01-29", "", "", "Adult presence",
     "cce", "youth", "", "", ""),
)  # fmt: skip
# The first is late, the second waits for "did it help?", the third is answered, the fourth is owed and not yet due.
_ANYWHERE: Final = (
    ("", "Lessons on the way home in Years 7 to 9", "2026-10-16", "", "", "Lesson", "violence", "pastoral", "", "", ""),
    ("", "Lamps repaired and hedge cut back", "", "2026-07-03", "Mill Lane", "Lighting or repair", "asb", "council",
     "", "", ""),
    ("", "Letter to families about vapes", "", "2026-02-02", "", "Letter to families", "substances", "dsl", "partly",
     "2026-05-11", "Families rang, and fewer vapes were handed in"),
    ("", "Supervision for the pastoral team", "2027-02-12", "", "", "Support for staff", "", "head", "", "", ""),
)  # fmt: skip


def action_rows() -> list[tuple[str, ...]]:
    """Return the actions as rows for ``ACTION_HEADER``; days are written yyyy-mm-dd, or blank.

    The first is the planted one, the second was done when what it is about began to fade.
    """
    return [*_AT_HOTSPOTS, *_ANYWHERE]
