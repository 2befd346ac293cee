"""What lies beside a CSV file says of it what is so: each column is there, and each cell has the type it says."""

import csv
import json
from datetime import date

import pytest

from geo_app.domain.layers import LAYERS, FieldKind, get_layer
from geo_app.exports.columns import layer_table, list_columns
from geo_app.exports.csvw import csvw_document, layer_datatypes
from geo_app.exports.exporting import export_features

READERS = {
    "string": str, "integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__, "json": json.loads,
    "date": date.fromisoformat, "anyURI": lambda text: text.startswith("http") or pytest.fail(text),
}  # fmt: skip


def _document(layer, columns, metadata, licences=("KOGL 1",)):
    lists = frozenset(field.name for field in layer.fields if field.kind is FieldKind.CHOICES)
    return csvw_document(
        url=f"{layer.name}.csv", columns=columns, datatypes=layer_datatypes(layer), lists=lists, metadata=metadata(layer.name).members(),
        licences=licences, title="광산구 쉼터", language="ko",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["shelters", "industrial-complexes", "village-jobs", "improved-companies"])
def test_each_cell_of_the_file_is_what_the_document_says(features, metadata, tmp_path, name):
    layer = get_layer(name)
    export_features(features(name), metadata(name), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    columns = _document(layer, layer_table(features(name), layer)[0], metadata)["tableSchema"]["columns"]
    assert header == [column["titles"] for column in columns] == [column["name"] for column in columns]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            for part in cell.split(column["separator"]) if "separator" in column else [cell]:
                assert cell == "" or READERS[column["datatype"]](part) is not None


def test_the_document_says_whose_data_it_is(metadata):
    told = _document(get_layer("shelters"), ["id"], metadata, ("https://www.kogl.or.kr/", "facts"))
    assert told["@context"] == ["http://www.w3.org/ns/csvw", {"language": "ko"}]
    assert (told["url"], told["dc:title"], told["dc:source"]) == ("shelters.csv", "광산구 쉼터", "광산구")
    assert told["dc:license"] == [{"@id": "https://www.kogl.or.kr/"}, {"@type": "dc:LicenseDocument", "dc:title": "facts"}]
    assert (told["dc:modified"]["@value"], told["schema:version"]) == ("2026-11-21T12:00:00+00:00", "7")


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_no_type_is_said_of_a_column_that_is_not_there(layer):
    known = {*list_columns(layer), *list_columns(LAYERS["shelters"]), *list_columns(LAYERS["industrial-complexes"])}
    assert set(layer_datatypes(layer)) <= known
