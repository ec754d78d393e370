"""Districts whose codes changed while their ground did not: they count as the same council.

Source: Office for National Statistics, code changes of 1 April 2025.
"""

from typing import Final

# The code of before by the code from that day on.
CODE_BEFORE: Final = {
    "E08000038": "E08000016",  # Barnsley
    "E08000039": "E08000019",  # Sheffield
}


def same_code(code: str) -> str:
    """Return the one code by which a district is compared, whichever of its codes is given, in any case."""
    given = code.strip().upper()
    return CODE_BEFORE.get(given, given)
