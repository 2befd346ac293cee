"""Rows are made once, kept for a while, and never changed."""

import threading

import numpy as np
import pytest

from geo_app.travel.row_cache import RowCache

ROW_BYTES = 3 * 4


class Builder:
    def __init__(self, keys):
        self.keys, self.built = keys, []

    def __call__(self, missing):
        for position in missing:
            self.built.append(self.keys[position])
            yield np.full(3, self.keys[position], dtype=np.float32)


def ask(cache, keys):
    builder = Builder(keys)
    rows = cache.rows(keys, builder)
    assert [row[0] for row in rows] == keys
    return builder.built


def test_a_row_that_is_kept_is_not_made_again():
    cache = RowCache()
    assert ask(cache, [1, 2, 3]) == [1, 2, 3]
    assert ask(cache, [3, 4, 1]) == [4]
    assert ask(cache, []) == []


def test_a_key_asked_twice_at_once_is_made_once():
    assert ask(RowCache(), [5, 5, 5]) == [5]


def test_the_row_used_longest_ago_makes_room():
    cache = RowCache(most_bytes=2 * ROW_BYTES)
    ask(cache, [1, 2])
    ask(cache, [1])
    ask(cache, [3])
    assert len(cache) == 2
    assert ask(cache, [1, 3]) == []
    assert ask(cache, [2]) == [2]


def test_a_question_larger_than_the_cache_is_answered_whole():
    cache = RowCache(most_bytes=2 * ROW_BYTES)
    assert ask(cache, [1, 2, 3, 4]) == [1, 2, 3, 4]
    assert len(cache) == 2


def test_a_kept_row_cannot_be_written_to():
    row = RowCache().rows([7], Builder([7]))[0]
    with pytest.raises(ValueError, match="read-only"):
        row[0] = 1


def test_threads_that_crowd_a_small_cache_all_get_their_rows():
    cache, wrong = RowCache(most_bytes=4 * ROW_BYTES), []

    def work(seed):
        chance = np.random.default_rng(seed)
        for _ in range(300):
            keys = chance.integers(0, 9, 5).tolist()
            wrong.extend(key for key, row in zip(keys, cache.rows(keys, Builder(keys)), strict=True) if row[0] != key)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(cache) == 4
