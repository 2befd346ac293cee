"""Reading a published file that somebody may have touched."""

import json
import lzma
import os
import shutil
import struct
import zipfile
from pathlib import Path

import pytest
from workspace.test_publishing import AT

from geo_app.domain.errors import BrokenStore
from geo_app.workspace.published_file import PublishedFile, verify_folder, write_published
from geo_app.workspace.published_manifest import (
    FORMATS,
    PublishedAltered,
    PublishedByAnother,
    PublishedMissing,
    PublishedNotWhole,
    PublishedOtherFormat,
    manifest_bytes,
)
from geo_app.workspace.publisher_key import SigningKey
from geo_app.workspace.publishing import publish_file
from geo_app.workspace.workspace import Workspace

KEY, OTHER = SigningKey(b"k" * 32), SigningKey(b"o" * 32)
SIGNED = ("manifest.json", "manifest.sig")


@pytest.fixture(scope="module")
def genuine(demo_template, tmp_path_factory):
    """(a file signed by KEY, its entries in their order)."""
    folder = tmp_path_factory.mktemp("published")
    home = Path(shutil.copytree(demo_template, folder / "instance"))
    (home / "publish.key").write_text((b"k" * 32).hex(), encoding="ascii")
    workspace = Workspace(home)
    publish_file(workspace, folder / "file.zip", at=AT)
    workspace.close()
    with zipfile.ZipFile(folder / "file.zip") as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return folder / "file.zip", entries


def packed(path, entries, *, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in entries if isinstance(entries, list) else entries.items():
            archive.writestr(name, data)
    return path


def resigned(entries, key=KEY, **changes):
    """The entries under a manifest with `changes`, truly signed."""
    told = {**json.loads(entries["manifest.json"]), **changes}
    raw = json.dumps(told).encode()
    return {**entries, "manifest.json": raw, "manifest.sig": key.sign(raw)}


def opened(path, folder, key=KEY):
    with PublishedFile(path, key.public) as file:
        file.unpack(folder)
        return file.manifest


def refused(path, tmp_path, fault, key=KEY):
    with pytest.raises(fault) as refusal:
        opened(path, tmp_path / "unpacked", key)
    assert not (tmp_path / "unpacked").exists()
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".unpacked")] == []
    return refusal.value.values


def test_a_genuine_file_is_unpacked_and_found_whole(genuine, tmp_path):
    path, entries = genuine
    manifest = opened(path, tmp_path / "unpacked")
    found = {
        str(item.relative_to(tmp_path / "unpacked")): item.read_bytes() for item in (tmp_path / "unpacked").rglob("*") if item.is_file()
    }
    assert found == entries
    assert verify_folder(tmp_path / "unpacked", KEY.public) == manifest
    assert oct((tmp_path / "unpacked").stat().st_mode)[-3:] == "700"


def test_another_key_is_named_beside_the_one_that_is_trusted(genuine, tmp_path):
    values = refused(genuine[0], tmp_path, PublishedByAnother, OTHER)
    assert (values["publisher"], values["expected"]) == (str(KEY.public), str(OTHER.public))


def test_one_changed_byte_of_any_member_is_found(genuine, tmp_path):
    _, entries = genuine
    for name in (*SIGNED, "documents.json", "history.json", *[name for name in entries if name.startswith("packs/shelters")]):
        data = entries[name]
        changed = data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
        values = refused(
            packed(tmp_path / "x.zip", {**entries, name: changed}), tmp_path, (PublishedAltered, PublishedByAnother, PublishedNotWhole)
        )
        assert values["path"].endswith("x.zip")


@pytest.mark.parametrize("place", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_a_byte_changed_in_the_file_itself_never_passes(genuine, tmp_path, place):
    data = bytearray(genuine[0].read_bytes())
    data[int(len(data) * place)] ^= 0x20
    (tmp_path / "x.zip").write_bytes(data)
    # A byte of the ZIP's own that nobody reads (a time, a mode) may change; what is unpacked may not.
    try:
        opened(tmp_path / "x.zip", tmp_path / "unpacked")
    except (PublishedAltered, PublishedNotWhole):
        assert not (tmp_path / "unpacked").exists()
    else:
        assert {name: (tmp_path / "unpacked" / name).read_bytes() for name in genuine[1]} == genuine[1]


@pytest.mark.parametrize("left", [0, 10, 60, 5_000, -1])
def test_a_file_that_was_cut_off_is_not_whole(genuine, tmp_path, left):
    (tmp_path / "x.zip").write_bytes(genuine[0].read_bytes()[:left])
    refused(tmp_path / "x.zip", tmp_path, PublishedNotWhole)


def test_what_nobody_signed_may_not_be_in_it_and_what_was_signed_must(genuine, tmp_path):
    _, entries = genuine
    slips = ["../evil", "/evil", "packs/../../evil", "ledger.sqlite", "packs/shelters/x.txt"]
    for name in slips:
        assert refused(packed(tmp_path / "x.zip", {**entries, name: b"x"}), tmp_path, PublishedAltered)["what"] == name
    without = {name: data for name, data in entries.items() if name != "history.json"}
    assert refused(packed(tmp_path / "x.zip", without), tmp_path, PublishedAltered)["what"] == "history.json"
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = packed(tmp_path / "x.zip", [*entries.items(), ("history.json", entries["history.json"])])
    refused(twice, tmp_path, PublishedAltered)
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"members": []},
        {"members": [{"name": "../x", "size": 1, "sha256": "0" * 64}]},
        {"packs": {"shelters": "../../etc"}},
        {"serial": -1},
        {"serial": "x"},
        {"made_at": "2026-11-22T09:00:00"},
        {"packs": None},
        {"format": 2},
        {"pack_format": FORMATS["pack_format"] + 1},
        {"street_format": None},
    ],
    ids=str,
)
def test_a_signed_manifest_of_a_form_that_is_not_known_is_refused(genuine, tmp_path, changes):
    values = refused(packed(tmp_path / "x.zip", resigned(genuine[1], **changes)), tmp_path, PublishedOtherFormat)
    assert values["known"] == ".".join(str(item) for item in FORMATS.values())


def test_a_signed_path_may_not_lead_out_of_the_folder(genuine, tmp_path):
    told = json.loads(genuine[1]["manifest.json"])
    for name in (
        "../evil",
        "packs/../evil",
        "/etc/evil",
        "packs/shelters.1/../../evil",
        f"{told['packs']['shelters']}/../x",
        "documents.json/x",
    ):
        members = [*told["members"], {"name": name, "size": 1, "sha256": "0" * 64}]
        refused(packed(tmp_path / "x.zip", resigned(genuine[1], members=members)), tmp_path, PublishedOtherFormat)


def test_a_member_that_unpacks_to_more_than_was_signed_stops_at_that(genuine, tmp_path, monkeypatch):
    path = packed(tmp_path / "x.zip", {**genuine[1], "history.json": b"0" * (64 << 20)})
    assert path.stat().st_size < 2_000_000
    written = []
    real = shutil.rmtree

    def measure(folder, **options):
        written.append(sum(item.stat().st_size for item in folder.rglob("*") if item.is_file()) if folder.exists() else 0)
        real(folder, **options)

    monkeypatch.setattr("geo_app.workspace.published_file.shutil.rmtree", measure)
    assert refused(path, tmp_path, PublishedAltered)["what"] == "history.json"
    assert max(written) < 2_000_000


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "history.json"])
@pytest.mark.parametrize("is_damaged", [True, False])
def test_a_member_packed_in_a_way_that_is_not_ours_is_never_opened(genuine, tmp_path, compression, name, is_damaged):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in genuine[1].items():
            archive.writestr(entry, data, compression if entry == name else None)
        place = archive.getinfo(name)
    data = bytearray((tmp_path / "x.zip").read_bytes())
    if is_damaged:
        start = place.header_offset + 30 + len(name)
        data[start : start + place.compress_size] = b"\xff" * place.compress_size
    (tmp_path / "x.zip").write_bytes(data)
    assert refused(tmp_path / "x.zip", tmp_path, PublishedNotWhole)["reason"] == "compression"


@pytest.mark.parametrize("fault", [OSError(5, "Input/output error"), lzma.LZMAError("Corrupt input data")])
@pytest.mark.parametrize("name", ["manifest.json", "history.json"])
def test_a_fault_in_reading_the_file_is_the_files_and_not_a_full_disk(genuine, tmp_path, monkeypatch, fault, name):
    real = zipfile.ZipExtFile.read

    def failing(stream, size=-1):
        if stream.name == name:
            raise fault
        return real(stream, size)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", failing)
    refused(genuine[0], tmp_path, (PublishedNotWhole, PublishedAltered))


def test_a_directory_of_a_million_members_is_not_read(genuine, tmp_path):
    data = genuine[0].read_bytes()
    end = struct.Struct("<4s4H2LH")
    mark, disk, first, _, _, size, offset, comment = end.unpack(data[-end.size :])
    for count, directory in ((60_000, size), (10, 1 << 24)):
        (tmp_path / "x.zip").write_bytes(data[: -end.size] + end.pack(mark, disk, first, count, count, directory, offset, comment))
        assert refused(tmp_path / "x.zip", tmp_path, PublishedNotWhole)["reason"] == "members"


def test_a_signature_for_anything_else_does_not_fit(genuine, tmp_path):
    raw = genuine[1]["manifest.json"]
    bare = OTHER._key.sign(raw)  # without what our signatures begin with
    told = manifest_bytes(
        {name: value for name, value in json.loads(raw).items() if name not in ("kind", "publisher", *FORMATS)}, OTHER.public
    )
    refused(packed(tmp_path / "x.zip", {**genuine[1], "manifest.json": told, "manifest.sig": bare}), tmp_path, PublishedAltered, OTHER)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"no archive at all " * 40, bytes(4096)])
def test_any_other_file_is_not_whole(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    refused(tmp_path / "x.zip", tmp_path, PublishedNotWhole)


def test_a_file_that_is_not_there_is_missing_and_a_pipe_is_not_waited_for(tmp_path):
    refused(tmp_path / "x.zip", tmp_path, PublishedMissing)
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", tmp_path, PublishedMissing)


def test_what_was_changed_after_unpacking_is_found(genuine, tmp_path):
    opened(genuine[0], tmp_path / "unpacked")
    (tmp_path / "unpacked" / "documents.json").write_bytes(b"{}")
    with pytest.raises(PublishedAltered):
        verify_folder(tmp_path / "unpacked", KEY.public)


def test_a_full_disk_leaves_what_was_there(genuine, tmp_path, monkeypatch):
    (tmp_path / "file.zip").write_bytes(b"the one before")

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo_app.workspace.published_file.os.fsync", full)
    with pytest.raises(BrokenStore):
        write_published(tmp_path / "file.zip", {"documents.json": b"{}"}, {}, KEY)
    assert [item.name for item in tmp_path.iterdir()] == ["file.zip"]
    assert (tmp_path / "file.zip").read_bytes() == b"the one before"
