"""The place that matters of a national file: some councils, or a distance around some schools."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Locality:
    """Which part of a national file is wanted; with neither councils nor points, all of it.

    ``councils`` are names or codes of districts, in any case; ``points`` are longitudes and latitudes (EPSG:4326) of
    schools, and ``metres`` how far around them.
    """

    councils: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    metres: float = 0.0

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing is left out."""
        return not self.councils and not self.points
