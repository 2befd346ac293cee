"""The key of a day: tags that tell reporters apart today and nothing tomorrow."""

import stat
from datetime import date, timedelta

import pytest

from geo_app.workspace.day_key import NO_ADDRESS, DayKey, network_of

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reports.key"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("203.0.113.7:50211", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/56"),
        ("2001:DB8:1:2::1", "2001:db8:1::/56"),
        ("[2001:db8:1:2::1]:50211", "2001:db8:1::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("", NO_ADDRESS),
        (None, NO_ADDRESS),
        ("unknown", NO_ADDRESS),
        ("256.1.1.1", NO_ADDRESS),
        ("203.0.113.7, 10.0.0.1", NO_ADDRESS),
    ],
)
def test_an_address_is_taken_as_the_network_its_reporter_has(address, network):
    assert network_of(address) == network


def test_a_household_with_many_ipv6_networks_is_one_reporter():
    assert len({network_of(f"2001:db8:1:{number:x}::1") for number in range(256)}) == 1
    assert network_of("2001:db8:1:100::1") != network_of("2001:db8:1::1")


def test_within_a_day_an_address_has_one_tag_and_another_address_another(path):
    tags = [
        DayKey(path).tag(address, TODAY).text for address in ("203.0.113.7", "203.0.113.7", "203.0.113.8", "2001:db8::1", "2001:db8::2")
    ]
    assert tags[0] == tags[1]
    assert tags[3] == tags[4]
    assert len(set(tags)) == 3


def test_the_next_day_the_same_address_has_another_tag_and_the_key_before_is_gone(path):
    before = DayKey(path).tag("203.0.113.7", TODAY)
    old = path.read_bytes()
    after = DayKey(path).tag("203.0.113.7", TOMORROW)
    assert (before.day, after.day) == (TODAY, TOMORROW)
    assert before.text != after.text
    assert old.split()[1] not in path.read_bytes()


def test_a_key_is_overwritten_before_its_file_is_unlinked(path, tmp_path):
    DayKey(path).tag("203.0.113.7", TODAY)
    (tmp_path / "same-file").hardlink_to(path)
    assert DayKey(path).current_day(TOMORROW) == TOMORROW
    assert not path.exists()
    assert set((tmp_path / "same-file").read_bytes()) == {0}


def test_a_request_from_just_before_midnight_takes_the_new_days_key(path):
    new = DayKey(path).tag("203.0.113.7", TOMORROW)
    assert DayKey(path).tag("203.0.113.7", TODAY) == new
    assert DayKey(path).current_day(TODAY) == TOMORROW


def test_a_key_from_a_clock_that_ran_ahead_is_not_kept_for_years(path):
    ahead = DayKey(path).tag("203.0.113.7", TODAY + timedelta(days=900))
    assert DayKey(path).tag("203.0.113.7", TODAY).text != ahead.text


@pytest.mark.parametrize("content", [b"", b"\0" * 75, b"2026-11-21 abcd", b"\xff\xfe", b"2026-11-21 " + b"zz" * 32])
def test_a_key_that_somebody_was_about_to_destroy_is_none(path, content):
    path.write_bytes(content)
    tag = DayKey(path).tag("203.0.113.7", TODAY)
    assert DayKey(path).tag("203.0.113.7", TODAY) == tag


def test_the_key_is_for_its_owner_alone(path):
    DayKey(path).tag("203.0.113.7", TODAY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_key_there_is_nothing_to_destroy(path):
    assert DayKey(path).current_day(TODAY) == TODAY
    assert not path.exists()
