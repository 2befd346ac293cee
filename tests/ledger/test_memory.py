"""Chance writes the history; the plain ledger in memory and the real one must tell the same afterwards."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from geo_app.domain.change import Change, Channel, RevisionDraft
from geo_app.domain.errors import GeoAppError
from geo_app.ledger.memory import MemoryLedger
from geo_app.ledger.restore import draft_restoring
from geo_app.ledger.sqlite import open_ledger

COLLECTIONS = ("documents", "shelters", "쉼터")
KEYS = st.sampled_from(["sh-000001", "sh-000002", "sh-9", "sh-1000000", "sh-", "ic-000004", "가", "😀"]) | st.text(max_size=3)
BODIES = st.none() | st.sampled_from(['{"a":1}', '"가"', "[]"]) | st.text(max_size=8)
CHANGES = st.lists(st.builds(Change, st.sampled_from(COLLECTIONS), KEYS, BODIES), max_size=6)
TIMES = st.datetimes(timezones=st.timezones())
HOW = {"actor": "lee", "reason": "back", "channel": Channel.CONSOLE, "made_at": datetime(2026, 11, 22, tzinfo=UTC)}


def outcome(ask):
    try:
        return ask()
    except GeoAppError as fault:
        return fault.code, fault.values


class BothLedgers(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plain = MemoryLedger()
        self.real = open_ledger(Path(self.folder.name) / "ledger.sqlite")

    def both_say(self, ask):
        said = outcome(lambda: ask(self.plain))
        assert outcome(lambda: ask(self.real)) == said
        return said

    @rule(actor=st.text(max_size=4), reason=st.just("list") | st.text(), channel=st.sampled_from(Channel), made_at=TIMES, changes=CHANGES)
    def publish(self, actor, reason, channel, made_at, changes):
        self.both_say(lambda ledger: ledger.append(RevisionDraft(actor, reason, channel, made_at, changes)))

    @rule(changes=CHANGES, behind=st.integers(-1, 2))
    def publish_on_a_head(self, changes, behind):
        draft = RevisionDraft("kim", "list", Channel.PARTNER, HOW["made_at"], changes)
        self.both_say(lambda ledger: ledger.append(draft, expected_head=ledger.head_number() - behind))

    @rule(revision=st.integers(-1, 12))
    def go_back(self, revision):
        said = self.both_say(lambda ledger: draft_restoring(ledger, revision, **HOW))
        if isinstance(said, RevisionDraft):
            self.both_say(lambda ledger: ledger.append(said))
            wanted = [list(self.real.iter_state(name, at=revision)) for name in COLLECTIONS]
            assert [list(self.real.iter_state(name)) for name in COLLECTIONS] == wanted

    @rule(key=KEYS, prefix=st.sampled_from(["sh", "ic", "s", "", "가"]))
    def ask_about_a_record(self, key, prefix):
        self.both_say(lambda ledger: [ledger.record_history(name, key) for name in COLLECTIONS])
        self.both_say(lambda ledger: ledger.next_key_number(prefix))

    @rule(at=st.none() | st.integers(-1, 12), after=st.integers(-2, 12), limit=st.integers(-1, 5))
    def ask_about_the_past(self, at, after, limit):
        self.both_say(lambda ledger: ledger.collection_heads(at=at))
        self.both_say(lambda ledger: [list(ledger.iter_state(name, at=at)) for name in COLLECTIONS])
        self.both_say(lambda ledger: ledger.list_changes(after))
        self.both_say(lambda ledger: ledger.list_revisions(after=after, limit=limit))
        self.both_say(lambda ledger: ledger.list_latest_revisions(before=after, limit=limit))

    @invariant()
    def heads_agree_and_the_audit_is_clean(self):
        self.both_say(lambda ledger: ledger.find_head())
        assert self.both_say(lambda ledger: ledger.verify()) == []

    def teardown(self):
        self.real.close()
        self.folder.cleanup()


TestBothLedgersTellTheSame = BothLedgers.TestCase
TestBothLedgersTellTheSame.settings = settings(
    max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
