"""The limits of a question to a ledger, judged alike by every store."""

from geo_app.domain.errors import BadArgument, UnknownRevision

LIMIT_MAX = 10_000


def resolve_at(at: int | None, head: int) -> int:
    """The number of the revision to look from: the head, or `at` where it is 0 (before the first) to `head`. Raises `UnknownRevision`."""
    if at is None:
        return head
    if not 0 <= at <= head:
        raise UnknownRevision(revision=at, head=head)
    return at


def check_number(number: int, head: int) -> None:
    """Raises `UnknownRevision` where no revision has that number."""
    if not 1 <= number <= head:
        raise UnknownRevision(revision=number, head=head)


def check_limit(limit: int) -> None:
    """Raises `BadArgument` for a page of fewer than 1 or more than `LIMIT_MAX` revisions."""
    if not 1 <= limit <= LIMIT_MAX:
        raise BadArgument(name="limit", value=limit, expected=f"1 to {LIMIT_MAX}")
