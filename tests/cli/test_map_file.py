"""`geo-app export map.html`."""


def test_it_writes_one_whole_file_in_the_language_asked_for(run, tmp_path):
    path = tmp_path / "map.html"
    told = run("export", "map.html", path, "--lang", "vi", GEO_APP_PUBLIC_URL="https://map.example.kr/shelter")
    assert (told.returncode, told.stderr) == (0, "")
    text = path.read_text(encoding="utf-8")
    assert '<html lang="vi">' in text
    assert 'href="https://map.example.kr/shelter"' in text
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".export")] == []


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(run, tmp_path):
    told = run("export", "map.html", tmp_path / "none" / "map.html")
    assert told.returncode != 0
    assert "none" in told.stderr
    assert "Traceback" not in told.stderr


def test_without_a_name_it_is_called_as_what_it_is(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("export", "map.html").returncode == 0
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_layer_needs_the_name_of_its_file(run):
    told = run("export", "shelters")
    assert told.returncode == 2
    assert "shelters.csv" in told.stderr
