"""Files read once while they stand, and written whole or not at all."""

from __future__ import annotations

import errno
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


def is_there(file: Path) -> bool:
    """Return whether something has this name; no error where nothing can have it."""
    try:
        return file.exists()
    except OSError:  # too long
        return False


def read_regular(file: Path, most: int) -> bytes:
    """Return the content of a regular file of at most `most` bytes.

    A folder, pipe, socket or device is never opened, for it may wait for ever or have no end. Raises OSError with the reason in
    words, of number EFBIG for a larger file, and FileNotFoundError where there is nothing.
    """
    try:
        _expect_regular(file, file.stat().st_mode)
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        with os.fdopen(os.open(file, flags), "rb") as opened:
            found = os.fstat(opened.fileno())  # of what was opened, which may have come in between
            _expect_regular(file, found.st_mode)
            content = b"" if found.st_size > most else opened.read(most + 1)
    except FileNotFoundError:
        if file.is_symlink():
            raise OSError(errno.ENXIO, "it is a link that leads nowhere", str(file)) from None
        raise
    except ValueError:  # NUL
        raise OSError(errno.EINVAL, "no file can have this name", str(file)) from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a link that leads back to itself", str(file)) from None
        raise
    if found.st_size > most or len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", str(file))
    return content


def _expect_regular(file: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe, a socket or a device"
        raise OSError(errno.ENXIO, f"it is {kind}, and no file", str(file))


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
