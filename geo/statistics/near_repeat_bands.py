"""The usual bands of near repeats, which a command names in its help without loading what computes them."""

from typing import Final

METRES: Final = (0.0, 100.0, 200.0, 400.0)  # where bands of distance begin and end
DAYS: Final = (0, 7, 14, 28)  # where bands of time begin and end
