"""The heap's settings hold where the system knows them, and do no harm where it does not."""

import ctypes
import platform

import pytest

from geo_app.cli.heap import keep_heap_small


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="settings of glibc")
def test_the_system_takes_the_settings():
    assert keep_heap_small()


@pytest.mark.parametrize("fault", [AttributeError, OSError])
def test_another_allocator_is_left_as_it_is(monkeypatch, fault):
    def missing(_):
        raise fault

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert keep_heap_small() is False
