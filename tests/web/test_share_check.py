import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.settings import BadSetting, load_settings
from geo_app.web.share_check import Finding, Reason, check_address, check_typed, find_origin

OWN = "https://map.example.kr/shelter"
LISTED = ("https://www.gwangsan.go.kr", "https://*.gwangsan.go.kr", "http://127.0.0.1:5000")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("https://www.gwangsan.go.kr/a/b?c=d#e", Finding.LISTED),
        ("WWW.GWANGSAN.GO.KR", Finding.LISTED),
        ("https://welfare.gwangsan.go.kr", Finding.LISTED),
        ("https://a.b.gwangsan.go.kr:443/", Finding.LISTED),
        ("http://127.0.0.1:5000/page", Finding.LISTED),
        ("https://map.example.kr/other", Finding.OWN),
        ("https://gwangsan.go.kr", Finding.NOT_LISTED),  # a star names no page of the domain itself
        ("https://evilgwangsan.go.kr", Finding.NOT_LISTED),
        ("https://www.gwangsan.go.kr.evil.example", Finding.NOT_LISTED),
        ("https://www.gwangsan.go.kr:8443", Finding.NOT_LISTED),
        ("http://www.gwangsan.go.kr", Finding.NOT_LISTED),  # https names no page of http
        ("http://127.0.0.1:5001", Finding.NOT_LISTED),
        ("", Finding.NO_ADDRESS),
        ("a page", Finding.NO_ADDRESS),
        ("ftp://www.gwangsan.go.kr", Finding.NO_ADDRESS),
        ("https://user:pass@www.gwangsan.go.kr", Finding.NO_ADDRESS),
        ("https://", Finding.NO_ADDRESS),
        ("https://a..b", Finding.NO_ADDRESS),
        ("https://www.example.kr:99999", Finding.NO_ADDRESS),
        ("javascript:alert(1)", Finding.NO_ADDRESS),
        ("https://*.gwangsan.go.kr", Finding.NO_ADDRESS),
        ("intranet", Finding.NO_ADDRESS),
        ("http://intranet/cms", Finding.NOT_LISTED),
        ("https://[::1]/", Finding.UNLISTABLE),
        ("[::1]:80", Finding.UNLISTABLE),
        ("HTTP://WWW.A.KR.", Finding.UNLISTABLE),
        ("https://a_b.example.kr/", Finding.UNLISTABLE),
    ],
)
def test_an_address_is_found_to_be(text, finding):
    assert check_address(text, own_url=OWN, listed=LISTED).finding is finding


@pytest.mark.parametrize(
    ("text", "reason"),
    [("http://[::1]:80", Reason.IPV6), ("https://www.a.kr./x", Reason.DOT), ("https://a_b.kr", Reason.SIGN), ("https://a.kr", Reason.NONE)],
)
def test_what_the_setting_cannot_name_has_its_reason(text, reason):
    assert check_address(text, own_url=OWN, listed=()).reason is reason


def test_our_own_page_by_an_address_that_no_setting_can_name_is_our_own():
    assert check_address("http://[::1]:5000/x", own_url="http://[::1]:5000", listed=()).finding is Finding.OWN


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("www.a.kr/x", ["https://www.a.kr", "http://www.a.kr"]),
        ("http://www.a.kr/x", ["http://www.a.kr"]),
        ("localhost:5000", ["https://localhost:5000", "http://localhost:5000"]),
        ("[::1]:80", ["https://[::1]:80"]),
        ("intranet", [""]),
        ("a b.kr", [""]),
    ],
)
def test_without_a_scheme_both_are_judged(text, origins):
    assert [verdict.origin for verdict in check_typed(text, own_url=OWN, listed=LISTED)] == origins


def test_a_source_of_http_names_its_https_page_too_as_browsers_do():
    assert check_address("https://a.example", own_url=OWN, listed=("http://a.example",)).is_allowed
    assert not check_address("https://a.example:8080", own_url=OWN, listed=("http://a.example",)).is_allowed


def test_a_page_of_https_cannot_hold_a_frame_of_http():
    verdict = check_address("https://www.gwangsan.go.kr", own_url="http://map.example.kr", listed=LISTED)
    assert (verdict.finding, verdict.is_mixed, verdict.is_allowed) == (Finding.LISTED, True, False)
    assert not check_address("http://a.example", own_url="http://map.example.kr", listed=()).is_mixed
    assert not check_address("https://a.example", own_url="http://127.0.0.1:5000", listed=()).is_mixed


@pytest.mark.parametrize("text", ["https://new.example.kr/x", "http://new.example.kr:8080/", "광산.한국/복지"])
def test_the_setting_told_is_one_that_lets_the_page_in(text):
    verdict = check_address(text, own_url=OWN, listed=LISTED)
    settings = load_settings({"GEO_APP_EMBED_ORIGINS": verdict.setting})
    assert set(LISTED) < set(settings.embed_origins)
    assert check_address(text, own_url=OWN, listed=settings.embed_origins).is_allowed


@given(st.text(max_size=80))
def test_whatever_is_typed_an_origin_can_be_set_or_it_is_said_that_it_cannot(text):
    origin = find_origin(text)
    found = check_address(text, own_url=OWN, listed=()).finding
    assert (origin is None) is (found is Finding.NO_ADDRESS)
    if found is Finding.NOT_LISTED:
        try:
            assert load_settings({"GEO_APP_EMBED_ORIGINS": origin}).embed_origins == (origin,)
        except BadSetting as fault:
            pytest.fail(str(fault))
