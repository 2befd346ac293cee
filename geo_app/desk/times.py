"""How the desk writes an instant: ISO 8601 in UTC with microseconds, which sorts as text."""

from datetime import UTC, datetime

from geo_app.domain.errors import BadArgument


def utc_text(at: datetime) -> str:
    """The instant as the desk writes it. Raises `BadArgument` for a time without a zone."""
    if at.utcoffset() is None:
        raise BadArgument(name="at", value=at.isoformat(), expected="a time with its zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
