"""The pair of keys of a publisher."""

import stat
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.errors import BrokenStore
from geo_app.workspace.home import Home
from geo_app.workspace.publisher_key import BadPublisherKey, SigningKey, read_publisher_key, signing_key


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    home = Home(tmp_path)
    first, again = signing_key(home), signing_key(home)
    assert str(first.public) == str(again.public)
    assert stat.S_IMODE((tmp_path / "publish.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["publish.key"]


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_read_back_from_one_short_line_with_or_without_its_beginning(raw):
    key = SigningKey(raw).public
    line = str(key)
    assert len(line) == 51
    assert line.isascii()
    assert read_publisher_key(f" {line}\n") == key == read_publisher_key(line.removeprefix("ed25519:"))


@given(st.text(max_size=80))
def test_any_other_text_is_no_key(text):
    with suppress(BadPublisherKey):
        assert str(read_publisher_key(text)) == "ed25519:" + text.strip().removeprefix("ed25519:")


@pytest.mark.parametrize(
    "change", [lambda line: line[:-1], lambda line: line + "A", lambda line: line.replace("ed25519:", "rsa:"), str.upper]
)
def test_a_line_that_was_cut_or_grew_is_no_key(change):
    with pytest.raises(BadPublisherKey):
        read_publisher_key(change(str(SigningKey(bytes(range(32))).public)))


def test_a_signature_is_of_these_bytes_and_of_this_key_alone():
    one, other = SigningKey(b"1" * 32), SigningKey(b"2" * 32)
    signature = one.sign(b"manifest")
    assert one.public.has_signed(b"manifest", signature)
    assert not one.public.has_signed(b"manifesT", signature)
    assert not other.public.has_signed(b"manifest", signature)
    assert not one.public.has_signed(b"manifest", signature[:-1])
    assert not one.public.has_signed(b"manifest", b"")


def test_a_damaged_key_is_told_and_never_replaced(tmp_path):
    (tmp_path / "publish.key").write_text("zz", encoding="ascii")
    with pytest.raises(BrokenStore):
        signing_key(Home(tmp_path))
    assert (tmp_path / "publish.key").read_text(encoding="ascii") == "zz"
