"""Changes as the text of an address: round trips, limits, and errors that name the change and what was expected."""

import math
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.hours import HOLIDAY_RULES, parse_opening_hours
from geo_app.planning.edits import (
    EDIT_FORMS,
    LONLAT_DECIMALS,
    MAX_EDITS,
    MAX_EDITS_CHARACTERS,
    MAX_NAME_CHARACTERS,
    BadEdit,
    Edit,
    EditKind,
    EditsTooLong,
    SwappedEdit,
    TooManyEdits,
    address_length,
    parse_edits,
    write_edits,
)

HOURS = ("24/7", "Mo-Su 18:00-04:00", "Mo-Fr 09:00-12:00,13:00-18:00; Sa 10:00-14:00; Su off", "Jun-Aug 20:00-02:00")
TREATMENTS = (None, "closed", "sunday", "usual", "closed-seollal-chuseok", "hours:10:00-16:00")


def printable(text):
    return text == text.strip() and text.isprintable()


lonlat = st.tuples(st.floats(124, 132), st.floats(33, 39)).map(lambda pair: tuple(round(value, LONLAT_DECIMALS) for value in pair))
ids = st.from_regex(r"[a-z]{2}-[0-9]{6}|new-[1-9]", fullmatch=True)
names = st.text(max_size=MAX_NAME_CHARACTERS).filter(printable)
# A rule that tells its holidays itself is read back with what it tells.
hours = st.sampled_from(HOURS).flatmap(
    lambda text: st.tuples(st.just(text), st.sampled_from([t for t in TREATMENTS if t or not parse_opening_hours(text).on_holidays]))
)


@st.composite
def any_edit(draw):
    kind = draw(st.sampled_from(EditKind))
    site_id = None if kind is EditKind.OPEN else draw(ids)
    place = draw(lonlat) if kind in (EditKind.OPEN, EditKind.MOVE) else (None, None)
    rule = draw(hours) if kind in (EditKind.OPEN, EditKind.HOURS) else (None, None)
    return Edit(kind, site_id, draw(names) if kind is EditKind.OPEN else "", *place, *rule)


@given(st.lists(any_edit(), max_size=4))
def test_what_is_written_is_read_back(edits):
    assert parse_edits(write_edits(edits)) == tuple(edits)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        edits = parse_edits(text)
    except BadEdit:
        return
    assert parse_edits(write_edits(edits)) == edits


@pytest.mark.parametrize("text", ["", "  "])
def test_no_text_is_no_change(text):
    assert parse_edits(text) == ()
    assert write_edits(()) == ""


def test_commas_and_semicolons_inside_a_part_are_encoded():
    edit = Edit(EditKind.OPEN, None, "일,터; 100% ", 126.8, 35.1, "Mo-Fr 09:00-12:00,13:00-18:00; Sa off", "closed")
    text = write_edits([edit])
    assert text == "open:126.8,35.1,Mo-Fr 09:00-12:00%2C13:00-18:00%3B Sa off|closed,일%2C터%3B 100%25 "
    assert parse_edits(text)[0].name == "일,터; 100%"
    assert parse_edits(text)[0].hours == edit.hours


def test_hours_are_kept_in_canonical_form_with_what_they_say_of_holidays():
    edit = parse_edits("hours:sh-000001,mo-fr 9:00-18:00%3B PH off")[0]
    assert (edit.hours, edit.on_holidays) == ("Mo-Fr 09:00-18:00", "closed")
    assert set(TREATMENTS) - {None, "hours:10:00-16:00"} <= set(HOLIDAY_RULES)


def test_a_place_is_rounded_and_no_zero_is_negative():
    edit = parse_edits("move:sh-000001,126.12345678,-0.0000001")[0]
    assert (edit.lon, edit.lat) == (126.123457, 0.0)
    assert math.copysign(1, edit.lat) == 1


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("close:sh-000001;move:sh-000002,126.8", 2, EditKind.MOVE),
        ("move:sh-000001,nan,35.1", 1, EditKind.MOVE),
        ("move:sh-000001,1_2,35.1", 1, EditKind.MOVE),
        ("open:126.8,35.1", 1, EditKind.OPEN),
        ("open:126.8,35.1,whenever", 1, EditKind.OPEN),
        ("open:126.8,35.1,24/7,name,more", 1, EditKind.OPEN),
        ("open:126.8,35.1,24/7," + "n" * (MAX_NAME_CHARACTERS + 1), 1, EditKind.OPEN),
        ("open:126.8,35.1,24/7,a%0Ab", 1, EditKind.OPEN),
        ("open:126.8,35.1,24/7,%FF", 1, EditKind.OPEN),
        ("close:", 1, EditKind.CLOSE),
        ("close:../secret", 1, EditKind.CLOSE),
        ("hours:sh-000001,24/7|never", 1, EditKind.HOURS),
    ],
)
def test_an_error_names_the_change_and_its_form(text, number, kind):
    with pytest.raises(BadEdit) as caught:
        parse_edits(text)
    assert caught.value.values["number"] == number
    assert caught.value.values["expected"] == EDIT_FORMS[kind]


@pytest.mark.parametrize("text", ["raze:sh-000001", "close:sh-000001;raze"])
def test_an_unknown_change_is_told_all_the_forms(text):
    with pytest.raises(BadEdit) as caught:
        parse_edits(text)
    assert all(form in caught.value.values["expected"] for form in EDIT_FORMS.values())


def test_too_many_and_too_long_are_refused():
    fits = ";".join(["close:sh-000001"] * MAX_EDITS)
    assert len(parse_edits(fits)) == MAX_EDITS
    with pytest.raises(TooManyEdits) as caught:
        parse_edits(fits + ";close:sh-000001")
    assert (caught.value.values["count"], caught.value.values["limit"]) == (MAX_EDITS + 1, MAX_EDITS)
    with pytest.raises(EditsTooLong):
        parse_edits("x" * (2 * MAX_EDITS_CHARACTERS + 1))


def test_what_counts_is_the_length_in_an_address_before_and_after_it_is_written():
    # Accepted by its number of letters, nine times as long in a link.
    korean = ";".join(["open:126.8,35.1,24/7," + "쉼" * MAX_NAME_CHARACTERS] * 5)
    # Twice as long once it is written: the name's own signs are encoded in it, and those signs in the address.
    signs = ";".join(["open:126.8,35.1,24/7," + "%25" * MAX_NAME_CHARACTERS] * 8)
    for text in (korean, signs):
        with pytest.raises(EditsTooLong) as caught:
            parse_edits(text)
        assert caught.value.values["length"] > MAX_EDITS_CHARACTERS == caught.value.values["limit"]


@given(st.lists(any_edit(), max_size=MAX_EDITS))
def test_what_is_accepted_fits_an_address_and_is_accepted_again(edits):
    text = write_edits(edits)
    assert address_length(edits) == len(urlencode({"": text})) - 1
    try:
        read = parse_edits(text)
    except EditsTooLong:
        assert address_length(edits) > MAX_EDITS_CHARACTERS
        return
    assert address_length(read) == address_length(edits) <= MAX_EDITS_CHARACTERS


@pytest.mark.parametrize("text", ["close:sh-000006;", ";close:sh-000006", "close:sh-000006; ;"])
def test_a_loose_semicolon_is_no_change(text):
    assert parse_edits(text) == (Edit(EditKind.CLOSE, "sh-000006"),)
    assert parse_edits(";") == ()


@pytest.mark.parametrize("text", ["open:35.1,126.8,24/7", "move:sh-000001,35.1,126.8"])
def test_a_latitude_that_stands_first_is_named(text):
    with pytest.raises(SwappedEdit) as caught:
        parse_edits("close:sh-000002;" + text)
    told = caught.value.values
    assert (told["number"], told["place"], told["guess"]) == (2, "35.1, 126.8", "126.8, 35.1")


def test_another_reader_of_hours_may_be_given():
    assert parse_edits("hours:a-1,언제나", read_hours=lambda text: ("24/7", "usual") if text == "언제나" else None)[0].hours == "24/7"
