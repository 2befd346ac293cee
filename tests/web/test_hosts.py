"""Hosts, proxies and the path prefix."""

import json
import re


def test_another_host_is_refused(client):
    assert client.get("/about", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/about", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_hosts_may_be_named(make_client):
    client = make_client(GEO_APP_HOSTS="map.example")
    assert client.get("/about", headers={"Host": "map.example"}).status_code == 200


def test_forwarded_headers_are_ignored_without_a_trusted_proxy(client):
    answer = client.get(
        "/api/openapi.json", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/x"}
    )
    assert json.loads(answer.data)["servers"] == [{"url": "http://localhost"}]


def test_a_trusted_proxy_says_the_scheme(make_client):
    client = make_client(GEO_APP_TRUSTED_PROXIES="1")
    answer = client.get("/api/openapi.json", headers={"X-Forwarded-Proto": "https"})
    assert json.loads(answer.data)["servers"] == [{"url": "https://localhost"}]


def test_every_address_carries_the_prefix_whether_the_proxy_strips_it_or_not(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter/map")
    for path in ("/map", "/about", "/list/shelters", "/"):
        for asked in (path, "/shelter/map" + path):
            answer = client.get(asked, headers={"Host": "www.example.kr"})
            assert answer.status_code == 200
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.get_data(as_text=True))
            assert links
            assert all(link.startswith("/shelter/map/") for link in links)


def test_static_files_are_served_under_the_prefix_for_a_year(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    page = client.get("/map", headers={"Host": "www.example.kr"}).get_data(as_text=True)
    for link in set(re.findall(r'(?:href|src)="(/shelter/static/[^"]*)"', page)):
        answer = client.get(link, headers={"Host": "www.example.kr"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        answer.close()


def test_absolute_links_name_the_public_address(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    document = json.loads(client.get("/api/openapi.json", headers={"Host": "localhost"}).data)
    assert document["servers"] == [{"url": "https://www.example.kr/shelter"}]
    page = json.loads(client.get("/api/sites?limit=1", headers={"Host": "localhost"}).data)
    assert all(item["href"].startswith("https://www.example.kr/shelter/api/sites?") for item in page["links"])


def test_https_is_remembered_only_with_an_https_address(make_client):
    assert (
        "Strict-Transport-Security"
        in make_client(GEO_APP_PUBLIC_URL="https://www.example.kr").get("/healthz", headers={"Host": "localhost"}).headers
    )


def test_plain_http_is_not_pinned(client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
