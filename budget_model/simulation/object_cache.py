"""Machine code kept from one run to the next, in a folder that only its user can read or write.

A damaged object file would end the process that loads it. So each is kept with its SHA-256, under the name of what it was made from,
written aside and renamed; whatever is in doubt is made anew, and where nothing can be kept, nothing is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

_DIGEST = 32  # bytes of a SHA-256, before the code
_MOST_FILES = 16  # older ones are of earlier versions of the product
_PRIVATE = 0o700


def folder() -> Path:
    """Return the user's folder for what can be made anew."""
    from platformdirs import user_cache_path

    return user_cache_path("lead-budget", appauthor=False) / "simulation"


def kept(made_from: str, make: Callable[[], bytes]) -> bytes:
    """Return the code made from a text: that of an earlier run where it is whole, else `make()`, which is kept."""
    name = hashlib.sha256(made_from.encode()).hexdigest()
    with contextlib.suppress(OSError):
        found = _read(folder() / f"{name}.o", name)
        if found is not None:
            return found
    code = make()
    with contextlib.suppress(OSError):  # a full disk or a folder that is not the user's own: the next run compiles again
        _write(folder() / f"{name}.o", name, code)
    return code


def _read(path: Path, name: str) -> bytes | None:
    """Return the code in a file, None where it is not exactly what was written for that name."""
    if not _is_private(path.parent) or not path.is_file():
        return None
    content = path.read_bytes()
    return content[_DIGEST:] if content[:_DIGEST] == _seal(name, content[_DIGEST:]) else None


def _write(path: Path, name: str, code: bytes) -> None:
    path.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    if not _is_private(path.parent):
        return
    handle, aside = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_seal(name, code) + code)
        Path(aside).replace(path)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise
    for old in sorted(path.parent.glob("*.o"), key=lambda one: one.stat().st_mtime)[:-_MOST_FILES]:
        old.unlink(missing_ok=True)


def _seal(name: str, code: bytes) -> bytes:
    return hashlib.sha256(name.encode() + code).digest()


def _is_private(place: Path) -> bool:
    """Whether a folder is the user's own and nobody else can write there; Windows keeps the user's folders apart itself."""
    if os.name == "nt":
        return place.is_dir()
    about = place.stat()
    return about.st_uid == os.getuid() and stat.S_IMODE(about.st_mode) & 0o077 == 0
