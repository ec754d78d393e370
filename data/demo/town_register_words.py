"""What the register of Castlebrook says of its places besides where they are: concern, sources, RAG and who leads."""

from typing import Final

# Reference → field of the register → what it says; several codes of a closed list stand with "; " between them.
REGISTER_WORDS: Final[dict[str, dict[str, str | int]]] = {
    "CBH-01": {
        "precision": "exact", "unsafe_because": "Crowded stands, and no staff after 18:00",
        "safer_because": "Staff on the stands and an open kiosk", "age_band": "14-15", "times": "home time; evening",
        "sources": "transport; school", "reliability": "confirmed", "first_reported": "2023-11-06", "reports": 14,
        "rag": "amber", "rag_reason": "Fewer reports since staff stay until the last bus", "led_by": "transport",
    },
    "CBH-02": {
        "precision": "area", "unsafe_because": "Unlit service road behind the shops", "age_band": "14-15",
        "times": "home time; evening", "sources": "police; council", "reliability": "confirmed",
        "first_reported": "2024-02-12", "reports": 9, "rag": "green", "rag_reason": "Quieter since the wardens' rounds",
        "led_by": "council",
    },
    "CBH-03": {
        "other_harms": "substances", "precision": "area", "unsafe_because": "Garage court that cannot be seen into",
        "safer_because": "Gate and lights", "age_band": "14-15", "times": "evening; night",
        "sources": "council; police", "reliability": "probable", "first_reported": "2025-05-19", "reports": 6,
        "rag": "amber", "rag_reason": "Gated in February; reports go on", "led_by": "council",
    },
    "CBH-04": {
        "precision": "street", "unsafe_because": "Late opening, and adults who offer food and lifts",
        "age_band": "11-13", "times": "evening", "sources": "school; young-people", "reliability": "probable",
        "first_reported": "2025-10-07", "reports": 5, "rag": "red", "rag_reason": "Reports from two schools",
        "led_by": "dsl",
    },
    "CBH-05": {
        "precision": "exact", "unsafe_because": "Top floor out of sight", "age_band": "16-17",
        "times": "evening; night", "sources": "transport", "reliability": "possible",
        "first_reported": "2026-08-19", "reports": 2, "rag": "amber",
        "rag_reason": "New, and seen by one agency only", "led_by": "youth",
    },
    "CBH-06": {
        "precision": "area", "safer_because": "Rangers until dusk", "age_band": "all", "times": "evening",
        "sources": "council", "reliability": "confirmed", "first_reported": "2022-06-20", "reports": 7, "rag": "green",
        "rag_reason": "No report for more than a year", "led_by": "council",
    },
    "CBH-07": {
        "precision": "exact", "unsafe_because": "Two exits and one member of staff", "age_band": "11-13",
        "times": "home time", "sources": "school; families", "reliability": "confirmed", "first_reported": "2025-09-22",
        "reports": 8, "rag": "amber", "rag_reason": "Fewer since staff stand at both exits", "led_by": "deputy",
    },
    "CBH-08": {
        "precision": "street", "unsafe_because": "Dark, with a bend", "age_band": "all", "times": "home time; evening",
        "sources": "young-people", "reliability": "possible", "first_reported": "2026-06-25", "reports": 3,
        "rag": "amber", "rag_reason": "Marked by young people in one session", "led_by": "council",
    },
    "CBH-09": {
        "precision": "exact", "age_band": "16-17", "sources": "police", "reliability": "confirmed",
        "first_reported": "2023-04-17", "reports": 4, "closing_reason": "Under new management, and licence conditions",
    },
    "CBH-10": {
        "precision": "about", "unsafe_because": "Phones in hand while pupils wait for trains", "age_band": "14-15",
        "times": "home time", "sources": "police; transport", "reliability": "confirmed",
        "first_reported": "2025-01-14", "reports": 11, "rag": "red", "rag_reason": "More thefts than anywhere near",
        "led_by": "police",
    },
}  # fmt: skip
