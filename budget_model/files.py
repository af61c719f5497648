"""Files read once while they stand, and written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile

Stamp = tuple[Path, int, int]


def stamp(file: Path) -> Stamp:
    """Return a file with the time of its last change (nanoseconds) and its size (bytes), both 0 where there is none.

    A function that caches what it reads takes this in place of the path, and so reads a file anew only when it has changed.
    """
    try:
        found = file.stat()
    except OSError:
        return file, 0, 0
    return file, found.st_mtime_ns, found.st_size


def write_whole(file: Path, content: bytes) -> None:
    """Write a file aside and put it in its place, so that a full disk leaves what stood there before.

    What is no plain file, such as a pipe, is written as it is. Raises OSError when it cannot be written.
    """
    if file.exists() and not stat.S_ISREG(file.stat().st_mode):
        file.write_bytes(content)
        return
    target = file.resolve()  # where a link leads, so that the link stays
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    aside = None
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as made:
            aside = Path(made.name)
            made.write(content)
            made.flush()
            os.fsync(made.fileno())
        aside.chmod(mode)
        aside.replace(target)
    except OSError as error:
        if aside:
            aside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from None


def _umask() -> int:
    """Return what new files may not be; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
