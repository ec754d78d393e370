"""Moments as they are stored: text in UTC, whole seconds, so that they sort as they come."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """Give the present moment: "2026-11-25T09:30:00+00:00"."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """Write a moment as it is stored."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def days_before(moment: str, days: int) -> str:
    """Give the moment ``days`` days before another."""
    return written(datetime.fromisoformat(moment) - timedelta(days=days))
