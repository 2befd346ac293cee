"""The heap of a server process: arrays that many threads made and let go of are given back to the system."""

import ctypes
from typing import Final

# Of glibc's malloc.h. Left alone it makes a heap for nearly each thread and, once it has freed a large array, puts the next ones into those
# heaps, between small things that stay: under load a worker then holds far more than it uses.
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
ARENAS: Final = 2
MMAP_FROM_BYTES: Final = 256 * 1024


def keep_heap_small() -> bool:
    """Few heaps, and each large array on pages of its own. False where the system's allocator knows no such settings."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    return bool(mallopt(_M_ARENA_MAX, ARENAS) and mallopt(_M_MMAP_THRESHOLD, MMAP_FROM_BYTES))
