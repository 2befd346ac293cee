import json
from pathlib import Path

import pytest

from geo_app.ingest.district_cards import OPEN_LICENCES, file_digest, list_data_files, read_card

DATA = Path(__file__).parents[2] / "data"
FILES = [path for folder in sorted(DATA.iterdir()) if folder.is_dir() for path in list_data_files(folder)]


def test_the_data_folder_holds_districts_only():
    assert FILES
    assert [path.name for path in DATA.iterdir() if not path.is_dir()] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_card_beside_each_file_fits_it(path):
    card = read_card(path)
    assert card.digest == file_digest(path)
    assert card.licence in OPEN_LICENCES
    assert card.title
    assert card.producer
    assert card.command
    assert card.data_date


def test_no_card_is_left_without_its_file():
    for card in DATA.rglob("*.card.toml"):
        assert card.with_name(card.name.removesuffix(".card.toml")).exists()


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix in {".json", ".geojson"}], ids=lambda path: path.name)
def test_json_files_end_with_a_line_and_have_no_duplicate_keys(path):
    def once(pairs):
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    json.loads(text, object_pairs_hook=once)
