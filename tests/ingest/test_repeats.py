"""The same place twice in one file: the first stands, the later is named with the line of the first."""


def _problems(reading):
    return [(problem.code, problem.line, problem.details["first_line"]) for problem in reading.problems if problem.is_error]


def test_an_exact_repetition_stays_out(read):
    reading = read("a.csv", "시설명,주소,좌석수\n가,광산구 1,3\n나,광산구 2,4\n가,광산구 1,3\n")
    assert _problems(reading) == [("duplicate-row", 4, 2)]
    assert [row.draft.name for row in reading.rows] == ["가", "나"]


def test_the_same_name_and_address_with_other_values_stays_out(read):
    reading = read("a.csv", "시설명,주소,좌석수\nCU 수완점,광주광역시 광산구 수완로 1 (수완동),3\ncu 수완점,광산구 수완로 1,4\n")
    assert _problems(reading) == [("same-name-and-address", 3, 2)]


def test_one_key_twice_stays_out(read):
    assert _problems(read("a.csv", "관리번호,시설명,주소\nK1,가,광산구 1\nK1,나,광산구 2\n")) == [("duplicate-key", 3, 2)]


def test_a_row_without_a_key_cannot_be_told_from_one_with_a_key(read):
    assert _problems(read("a.csv", "관리번호,시설명,주소\nK1,가,광산구 1\n,가,광산구 1\n")) == [("same-name-and-address", 3, 2)]
    assert _problems(read("a.csv", "관리번호,시설명,주소\n,가,광산구 1\nK1,가,광산구 1\n")) == [("same-name-and-address", 3, 2)]


def test_keys_of_their_own_make_two_places_of_one_name_and_address(read):
    reading = read("a.csv", "관리번호,시설명,주소\nK1,가,광산구 1\nK2,가,광산구 1\n")
    assert (_problems(reading), len(reading.rows)) == ([], 2)


def test_a_chain_without_addresses_is_many_places(read):
    reading = read("a.csv", "시설명,위도,경도\nCU,35.1395,126.7930\nCU,35.1495,126.7930\nCU,35.13950001,126.7930\n")
    assert [row.line for row in reading.rows] == [2, 3]
    assert _problems(reading) == [("same-name-and-address", 4, 2)]
