import pytest

from geo_app.domain.errors import BadArgument
from geo_app.maps.offers import URL_NAMES, check_urls, openstreetmap

GOOD = {name: f"/{name}" for name in URL_NAMES}


def test_the_addresses_asked_for_and_no_others_are_passed_on():
    assert check_urls({**GOOD, "more": "/more"}) == GOOD


@pytest.mark.parametrize("name", URL_NAMES)
def test_a_missing_address_is_named(name):
    with pytest.raises(BadArgument, match=name):
        check_urls({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize("address", ["https://elsewhere.example/api", "//elsewhere.example/api"])
def test_an_address_on_another_host_is_refused(address):
    with pytest.raises(BadArgument):
        check_urls({**GOOD, "sites": address})


def test_the_street_layer_names_its_own_host():
    offer = openstreetmap()
    assert offer.url_template.startswith(offer.host + "/")
    assert all(place in offer.url_template for place in ("{z}", "{x}", "{y}"))
    assert offer.name in offer.host
