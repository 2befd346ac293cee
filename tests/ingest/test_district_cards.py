from datetime import date

import pytest

from geo_app.ingest.district_cards import BadCard, card_path, file_digest, list_data_files, read_card, stamp_cards, write_card

MEMBERS = {"title": '제목 "가"', "producer": "누구", "licence": "facts", "data_date": "2026", "command": "c", "notes": "한 줄\n두 줄"}


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "list.json"
    target.write_text("[1]", encoding="utf-8")
    return target


def test_a_card_is_read_back_as_it_was_written(path):
    card = write_card(path, made_on=date(2026, 11, 21), **MEMBERS)
    assert read_card(path) == card
    assert card.digest == file_digest(path)
    assert card.digest == "sha256:080a9ed428559ef602668b4c00f114f1a11c3f6b02a435f0bdc154578e4d7f22"


def test_a_card_keeps_its_day_until_the_file_changes(path):
    write_card(path, made_on=date(2026, 11, 21), **MEMBERS)
    assert write_card(path, made_on=date(2027, 1, 1), **MEMBERS).made_on == date(2026, 11, 21)
    path.write_text("[2]", encoding="utf-8")
    assert write_card(path, made_on=date(2027, 1, 1), **MEMBERS).made_on == date(2027, 1, 1)


def test_stamping_corrects_only_the_digest_of_a_changed_file(path):
    before = write_card(path, made_on=date(2026, 11, 21), **MEMBERS)
    assert stamp_cards(path.parent) == []
    path.write_text("[2]", encoding="utf-8")
    assert stamp_cards(path.parent) == [card_path(path)]
    after = read_card(path)
    assert after.digest == file_digest(path) != before.digest
    assert after.notes == before.notes


def test_a_file_without_a_card_is_told(path):
    assert list_data_files(path.parent) == [path]
    with pytest.raises(BadCard):
        stamp_cards(path.parent)


def test_a_card_that_lacks_a_member_or_has_one_too_many_is_told(path):
    card_path(path).write_text('title = "t"\n', encoding="utf-8")
    with pytest.raises(BadCard):
        read_card(path)
    card_path(path).write_text("title = \n", encoding="utf-8")
    with pytest.raises(BadCard):
        read_card(path)


def test_a_licence_that_is_not_open_is_refused(path):
    with pytest.raises(KeyError):
        write_card(path, made_on=date(2026, 11, 21), **{**MEMBERS, "licence": "all rights reserved"})
