"""Packs: what is written is what is read, in the order of ids, with honest counts."""

import gzip
import json

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from geo_app.domain.errors import UnknownSite
from geo_app.snapshot.dong_finder import DongFinder
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.pack import PackOrder, fold_for_search, write_pack

NOBODY = DongFinder([], [])
ORDER = PackOrder("shelters", 7, "2026-11-21T12:00:00+09:00", 30)


def record(number, **changes):
    return {
        "id": f"sh-{number:06d}",
        "layer": "shelters",
        "name": f"쉼터 {number}",
        "status": "reported",
        "precision": "address",
        "visibility": "public",
        "geometry": {"type": "Point", "coordinates": [126.8 + number / 1000, 35.15]},
        "provenance": {"source": "test"},
        **changes,
    }


def freeze(folder, records, order=ORDER, dongs=NOBODY):
    write_pack(folder / "pack", order, records, dongs)
    return LayerSnapshot(folder / "pack")


def test_counts_tell_real_sample_counted_and_unlocated_apart(tmp_path):
    layer = freeze(
        tmp_path,
        [
            record(1),
            record(2, status="sample"),
            record(3, visibility="counted"),
            record(4, visibility="internal"),
            record(5, precision="none"),
            record(6, geometry=None),
        ],
    )
    assert (layer.meta.real, layer.meta.sample, layer.meta.counted, layer.meta.unlocated) == (3, 1, 1, 2)
    assert layer.ids == ["sh-000001", "sh-000002", "sh-000005", "sh-000006"]


def test_a_place_without_precision_is_listed_and_never_a_pin(tmp_path):
    layer = freeze(tmp_path, [record(1, precision="none")])
    assert layer.get_feature("sh-000001")["geometry"] is None
    assert layer.index.nearest(126.8, 35.15, 5) == []


def test_nothing_internal_reaches_any_file(tmp_path):
    freeze(tmp_path, [record(1), record(2, name="비밀", visibility="internal"), record(3, name="세기만", visibility="counted")])
    for path in (tmp_path / "pack").iterdir():
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else brotli.decompress(data) if path.suffix == ".br" else data
        assert "비밀".encode() not in data
        assert "세기만".encode() not in data


def test_the_three_codings_hold_the_same_layer(tmp_path):
    layer = freeze(tmp_path, [record(number) for number in range(50)])
    plain = layer.ready["identity"].data
    assert gzip.decompress(layer.ready["gzip"].data) == plain
    assert brotli.decompress(layer.ready["br"].data) == plain
    assert [feature["id"] for feature in json.loads(plain)["features"]] == layer.ids
    assert len({ready.etag for ready in layer.ready.values()}) == 3


def test_an_empty_layer_is_a_layer(tmp_path):
    layer = freeze(tmp_path, [])
    assert json.loads(layer.ready["identity"].data)["features"] == []
    assert len(layer) == 0
    assert layer.search("") == []
    with pytest.raises(UnknownSite):
        layer.get_feature("sh-000001")


def test_more_records_than_one_batch_keep_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr("geo_app.snapshot.pack.BATCH", 7)
    layer = freeze(tmp_path, [record(number) for number in range(30)])
    assert [layer.feature(position)["id"] for position in range(30)] == layer.ids


def test_a_dong_is_told_where_its_polygon_holds_the_place(tmp_path):
    dongs = DongFinder(["서쪽동", "동쪽동"], [box(126.7, 35.1, 126.81, 35.2), box(126.81, 35.1, 126.9, 35.2)])
    layer = freeze(tmp_path, [record(1), record(10), record(20), record(500)], dongs=dongs)
    assert [layer.feature(position)["properties"].get("dong") for position in range(4)] == ["서쪽동", "서쪽동", "동쪽동", None]


@pytest.mark.parametrize(("completed", "is_aged"), [(1983, True), (1996, True), (1997, False), (None, None)])
def test_a_complex_is_aged_by_its_completion_and_the_districts_line(tmp_path, completed, is_aged):
    attributes = {} if completed is None else {"completed_year": completed}
    order = PackOrder("industrial-complexes", 1, "2026-11-21T12:00:00+09:00", 30)
    layer = freeze(tmp_path, [record(1, layer="industrial-complexes", attributes=attributes)], order)
    assert layer.feature(0)["properties"].get("aged") is is_aged


def test_points_and_areas_may_share_a_layer(tmp_path):
    area = {"type": "Polygon", "coordinates": [[[126.7, 35.1], [126.9, 35.1], [126.9, 35.2], [126.7, 35.1]]]}
    order = PackOrder("industrial-complexes", 1, "2026-11-21T12:00:00+09:00", 30)
    layer = freeze(tmp_path, [record(1, layer="industrial-complexes"), record(2, layer="industrial-complexes", geometry=area)], order)
    assert layer.index.containing(126.85, 35.11) == ["sh-000002"]


@given(names=st.lists(st.text(min_size=1, max_size=20).filter(lambda text: text.strip()), max_size=8), word=st.text(max_size=4))
def test_search_finds_what_holds_the_word_and_nothing_else(tmp_path_factory, names, word):
    records = [record(number, name=name) for number, name in enumerate(names)]
    layer = freeze(tmp_path_factory.mktemp("p"), records)
    wanted = fold_for_search(word)
    assert layer.search(word) == [number for number, name in enumerate(names) if wanted in fold_for_search(f"{name} ")]


def test_hangul_of_a_mac_is_found(tmp_path):
    import unicodedata

    layer = freeze(tmp_path, [record(1, name=unicodedata.normalize("NFD", "하남 카페"))])
    assert layer.search("하남카페") == [0]
