"""A revision's changes in a file beside memory: a hundred thousand of them need not be held while the layers are frozen."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, overload

from geo_app.domain.change import Change


class ChangesAside(Sequence[Change]):
    """Changes written into an open text file, read back each time they are asked for; the file stays the caller's to close."""

    def __init__(self, changes: Iterable[Change], aside: TextIO) -> None:
        self._aside = aside
        self._count = 0
        for change in changes:
            aside.write(json.dumps([change.collection, change.key, change.body], ensure_ascii=False) + "\n")
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Change]:
        self._aside.seek(0)
        for line in self._aside:
            yield Change(*json.loads(line))

    @overload
    def __getitem__(self, place: int) -> Change: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Change]: ...
    def __getitem__(self, place: int | slice) -> Change | Sequence[Change]:
        return list(self)[place]
