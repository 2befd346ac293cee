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
