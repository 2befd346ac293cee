"""Builders of drafts, and ledgers of both kinds."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo_app.domain.change import Change, Channel, RevisionDraft
from geo_app.domain.record import canonical_json
from geo_app.ledger.memory import MemoryLedger
from geo_app.ledger.port import Ledger
from geo_app.ledger.sqlite import SqliteLedger, open_ledger

MADE_AT = datetime(2026, 11, 21, 2, 10, tzinfo=UTC)

DraftMaker = Callable[..., RevisionDraft]


@pytest.fixture
def make_draft() -> DraftMaker:
    """`make_draft({"sh-000001": "달고나"}, collection="shelters")`: a None name withdraws the record."""

    def make(names: dict[str, str | None], *, collection: str = "shelters", **members: object) -> RevisionDraft:
        changes = [Change(collection, key, None if name is None else canonical_json({"name": name})) for key, name in names.items()]
        usual = {"actor": "kim", "reason": "quarterly list", "channel": Channel.OPERATOR, "made_at": MADE_AT, "changes": changes}
        return RevisionDraft(**{**usual, **members})

    return make


@pytest.fixture(params=["memory", "sqlite"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    opened: Ledger = MemoryLedger() if request.param == "memory" else open_ledger(tmp_path / "ledger.sqlite")
    with closing(opened):
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def sqlite_ledger(path: Path) -> Iterator[SqliteLedger]:
    with closing(open_ledger(path)) as opened:
        yield opened
