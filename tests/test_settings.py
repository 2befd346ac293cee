"""Settings are checked when they are read, and a bad one is named."""

import pytest

from geo_app.settings import BadSetting, load_settings


def test_an_empty_environment_gives_the_documented_defaults():
    settings = load_settings({})
    assert str(settings.home) == "instance"
    assert (settings.path_prefix, settings.tiles, settings.trusted_proxies) == ("", "osm", 0)
    assert settings.hosts == ("localhost", "127.0.0.1", "[::1]")


@pytest.mark.parametrize(("url", "prefix"), [("https://a.kr", ""), ("https://a.kr/", ""), ("https://a.kr/x/y/", "/x/y")])
def test_the_prefix_is_the_path_of_the_public_address(url, prefix):
    settings = load_settings({"GEO_APP_PUBLIC_URL": url})
    assert settings.path_prefix == prefix
    assert "a.kr" in settings.hosts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GEO_APP_PUBLIC_URL", "a.kr"),
        ("GEO_APP_PUBLIC_URL", "javascript:alert(1)"),
        ("GEO_APP_PUBLIC_URL", "https://a.kr/?x=1"),
        ("GEO_APP_TRUSTED_PROXIES", "-1"),
        ("GEO_APP_TRUSTED_PROXIES", "many"),
        ("GEO_APP_WORKERS", "0"),
        ("GEO_APP_TILES", "http://tiles.example/{z}/{x}/{y}.png"),
        ("GEO_APP_TILES", "https://tiles.example/{z}/{x}.png"),
        ("GEO_APP_TILES", "https://tiles.example/{z}/{x}/{y}.png"),
        ("GEO_APP_TILES", "vworld"),
        ("GEO_APP_HOSTS", "fd00::7::1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(BadSetting) as fault:
        load_settings({name: value})
    assert fault.value.values["name"].startswith("GEO_APP_")


@pytest.mark.parametrize(
    ("named", "host"),
    [("Intra.Office", "intra.office"), ("::1", "[::1]"), ("[FD00:0::7]:80", "[fd00::7]"), ("a.kr:80", "a.kr"), (".a.kr", ".a.kr")],
)
def test_hosts_stand_as_a_browser_asks_for_them(named, host):
    assert load_settings({"GEO_APP_HOSTS": named}).hosts[-1] == host


@pytest.mark.parametrize(
    ("named", "origins"),
    [
        ("", ()),
        ("https://www.gwangsan.go.kr", ("https://www.gwangsan.go.kr",)),
        (" https://*.Gwangsan.go.kr , http://127.0.0.1:5000,", ("https://*.gwangsan.go.kr", "http://127.0.0.1:5000")),
        ("https://광산.한국", ("https://xn--hc0b358a.xn--3e0b707e",)),
    ],
)
def test_origins_of_frames_stand_as_a_policy_names_them(named, origins):
    assert load_settings({"GEO_APP_EMBED_ORIGINS": named}).embed_origins == origins


@pytest.mark.parametrize(
    "origin",
    [
        "*", "https://*", "https://*.kr", "https://a.*.kr", "*.a.kr", "a.kr", "null", "'self'", "'none'", "data:", "https:", "https://a.kr/",
        "https://a.kr/path", "https://a.kr;", "https://a.kr x.kr", '"https://a.kr"', "https://a@b.kr", "https://[::1]", "https://a.kr:x",
        "ftp://a.kr", "javascript://a.kr", "https://a.kr?x", "https://a.kr#x", "https://광산.kr/", "https://a..kr",
        "https://a.kr:99999", "https://a.kr:0", "https://-a.kr", "https://a-.kr", "http://*.127.0.0.1", "https://*.go.kr", "https://*.CO.kr",
    ],
)  # fmt: skip
def test_an_origin_that_a_policy_could_misread_is_refused(origin):
    with pytest.raises(BadSetting) as fault:
        load_settings({"GEO_APP_EMBED_ORIGINS": f"https://good.kr,{origin}"})
    assert fault.value.values["name"] == "GEO_APP_EMBED_ORIGINS"
    assert fault.value.values["value"] == origin
