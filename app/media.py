"""Inputs that are too long for an address: kept for a while, named by what they are.

They lie in a folder, one file each, so that several processes can share them: whatever one keeps, all find. The folder
is bounded in bytes and each file in time; the oldest give way. Nothing in it is ever run or served as it is. What is
private, a photo, touches no disk: it stays in the memory of the process that read it, for minutes.
"""

import os
import secrets
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Protocol

from cachetools import TTLCache
from pydantic import TypeAdapter, ValidationError

from models.inputs import InputObject
from models.inputs.kind import name_of
from unrolled import InvalidInput

_VALUES: TypeAdapter[InputObject] = TypeAdapter(InputObject)


class Store(Protocol):
    """Keep values, and find them by their names."""

    def keep(self, value: InputObject) -> tuple[str, float]:
        """Keep a value; gives its name, and until when it is kept (seconds since 1970) unless others take its room.

        Raises InvalidInput if it is larger than all the room there is.
        """
        ...

    def find(self, name: str) -> InputObject | None:
        """Find a value; None for one that is gone, or never was."""
        ...


def no_room() -> InvalidInput:
    """Say that a value is larger than all the room there is."""
    return InvalidInput("this service has no room for an input of this size: send a shorter one")


class MemoryStore:
    """Keep values in the memory of this process alone, for a short time."""

    def __init__(self, most_bytes: int, seconds: float, clock: Callable[[], float] = time.time) -> None:
        self._seconds, self._clock, self._lock = seconds, clock, Lock()
        self._kept: TTLCache[str, bytes] = TTLCache(most_bytes, seconds, timer=clock, getsizeof=len)

    def keep(self, value: InputObject) -> tuple[str, float]:
        """Keep a value; one that is kept again has its whole time again. Raises InvalidInput if there is no room."""
        data = _VALUES.dump_json(value)
        name = name_of(data)
        with self._lock:
            self._kept.expire()
            try:
                self._kept[name] = data
            except ValueError:
                raise no_room() from None
        return name, self._clock() + self._seconds

    def find(self, name: str) -> InputObject | None:
        """Find a value; None for one that is gone, or never was."""
        with self._lock:
            self._kept.expire()  # what has had its time is forgotten, whoever asks
            data = self._kept.get(name)
        return None if data is None else _VALUES.validate_json(data, strict=True)


class MediaStore:
    """Keep values in a folder, for all processes."""

    def __init__(self, folder: str, most_bytes: int, seconds: float, clock: Callable[[], float] = time.time) -> None:
        self._named = folder
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._clock = clock

    @cached_property
    def folder(self) -> Path:
        """Give the folder, made when something is first kept; one that nobody named is removed at the end."""
        if self._named:
            folder = Path(self._named)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return folder
        folder = Path(tempfile.mkdtemp(prefix="unrolled-media-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    def keep(self, value: InputObject) -> tuple[str, float]:
        """Keep a value; gives its name, and until when it is kept (seconds since 1970) unless others take its room.

        Raises InvalidInput if it is larger than all the room there is.
        """
        data = _VALUES.dump_json(value)
        if len(data) > self._most_bytes:
            raise no_room()
        name = name_of(data)
        self._make_room(len(data), besides=name)
        partial = self.folder / f"{secrets.token_hex(8)}.part"
        partial.write_bytes(data)
        now = self._clock()
        os.utime(partial, (now, now))
        partial.replace(self.folder / f"{name}.json")  # at once: no other process reads half of it
        return name, now + self._seconds

    def find(self, name: str) -> InputObject | None:
        """Find a value; None for one that is gone, or never was."""
        file = self.folder / f"{name}.json"
        try:
            if file.stat().st_mtime + self._seconds <= self._clock():
                return None
            return _VALUES.validate_json(file.read_bytes(), strict=True)
        except (OSError, ValidationError):
            return None

    def _make_room(self, size: int, besides: str) -> None:
        """Remove what has had its time, and the oldest, until there is room for so many bytes more."""
        found: list[tuple[float, int, Path]] = []
        for file in self.folder.iterdir():
            with suppress(OSError):  # another process has removed it
                found.append((file.stat().st_mtime, file.stat().st_size, file))
        left = self._most_bytes - size - sum(bytes_ for _, bytes_, file in found if file.stem != besides)
        for kept, bytes_, file in sorted(found):
            if left >= 0 and kept + self._seconds > self._clock():
                return
            if file.stem != besides:
                left += bytes_
                file.unlink(missing_ok=True)
