"""gzip and zstd: unpacked member by member with positions, so that damage is told and nothing before it is lost."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from hansift.errors import UsageError
from hansift.io.files import said

MAGIC = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
_SKIPPABLE = {bytes((low, 0x2A, 0x4D, 0x18)) for low in range(0x50, 0x60)}
# Small, so that little is lost where a member breaks and little memory taken where one is a bomb.
_FEED = 1 << 14
_READ = 1 << 20
_HEAD = 18  # bytes that tell what kind of member begins
_OPENING = {"gzip": b"\x1f\x8b\x08", "zstd": MAGIC["zstd"]}
_TRIAL = 1 << 16
_TRIES = 64  # bytes that only look like a member: in real files one in a hundred million


class Chunk(NamedTuple):
    """Bytes unpacked, and how many packed bytes were read up to their end."""

    data: bytes
    consumed: int


class Damage(NamedTuple):
    """What is wrong with a file, and the packed byte where.

    With a `gap` bytes are missing there: what follows, if anything does, begins with a member.
    """

    position: int
    reason: str
    gap: bool = True


def zstandard(path: str = "zstd") -> Any:
    """The module zstandard; raises UsageError with the name of the extra where it is missing."""
    try:
        import zstandard as module
    except ImportError as error:
        raise UsageError(f"{path}: zstd needs zstandard; pip install 'hansift[zstd]'") from error
    return module


def unpacked(stream: IO[bytes], packing: str) -> Iterator[Chunk | Damage]:
    """The bytes of a stream in order; damage stands where it was met, after all that could be read before it.

    Behind damage reading goes on with the next member or frame that can be unpacked.
    """
    source = _Packed(stream)
    try:
        if packing == "gzip":
            yield from _members(source, packing, lambda: zlib.decompressobj(wbits=31), zlib.error)
        elif packing == "zstd":
            zstd = zstandard()
            yield from _members(source, packing, zstd.ZstdDecompressor().decompressobj, zstd.ZstdError)
        else:
            while data := source.fill(_READ):
                source.take(len(data))
                yield Chunk(data, source.consumed)
    except _BrokenError as broken:
        yield broken.damage


def head_of(head: bytes, packing: str) -> bytes:
    """The first bytes of a file, unpacked as far as they go."""
    import io

    return b"".join(item.data for item in unpacked(io.BytesIO(head), packing) if isinstance(item, Chunk))


def packed(data: bytes, packing: str) -> bytes:
    """The bytes as one member or frame, the same always; several may stand one behind the other."""
    if packing == "gzip":
        return gzip.compress(data, 6, mtime=0)
    if packing == "zstd":
        return bytes(zstandard().ZstdCompressor(level=3, write_checksum=True).compress(data))
    return data


class _BrokenError(Exception):
    """Carries damage to where it is told; with `last` the file can be read no further."""

    def __init__(self, position: int, reason: str, last: bool = True) -> None:
        super().__init__(reason)
        self.damage, self.last = Damage(position, reason), last


class _Packed:
    """A stream of packed bytes: those read and not yet taken, and how many were taken."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.pending = b""
        self.consumed = 0

    def fill(self, size: int, least: int = 1) -> bytes:
        """The next bytes, at least so many of them unless the end is near; they stay until they are taken."""
        while len(self.pending) < least:
            try:
                more = self.stream.read(size)
            except OSError as error:
                raise _BrokenError(
                    self.consumed, f"cannot be read from byte {self.consumed} on: {said(error)}"
                ) from error
            if not more:
                break
            self.pending += more
        return self.pending

    def take(self, size: int) -> None:
        """Takes so many of the next bytes."""
        self.pending = self.pending[size:]
        self.consumed += size


def _members(
    source: _Packed, packing: str, new: Callable[[], Any], broken: type[Exception]
) -> Iterator[Chunk | Damage]:
    while head := source.fill(_FEED, _HEAD):
        begin = source.consumed
        try:
            if head.startswith(MAGIC[packing]) or head[:4] in _SKIPPABLE:
                size = 0
                for chunk in _member(source, packing, new(), broken):
                    size += len(chunk.data)
                    yield chunk
                # BGZF ends with an empty member by its rules, zstd may hold frames that are not data
                if not size and head[12:14] != b"BC" and head[:4] not in _SKIPPABLE:
                    yield Damage(begin, f"empty {packing} member at byte {begin}", gap=False)
            elif head.strip(b"\0"):
                raise _BrokenError(begin, f"not {packing} at byte {begin}", last=False)
            else:  # padding, as tapes have it
                source.take(len(head))
        except _BrokenError as error:
            if error.last:
                raise
            position, reason, _ = error.damage
            source.take(position - source.consumed + 1)
            if not _next_member(source, packing, new, broken):
                raise _BrokenError(position, f"{reason}; what follows is not read") from error
            yield Damage(position, f"{reason}; read on with the member at byte {source.consumed}")


def _next_member(source: _Packed, packing: str, new: Callable[[], Any], broken: type[Exception]) -> bool:
    """Passes over bytes up to the next member that opens; False where there is none."""
    opening = _OPENING[packing]
    tries = 0
    while tries < _TRIES and (head := source.fill(_FEED, _HEAD)):
        at = head.find(opening)
        if at < 0:
            source.take(max(len(head) - len(opening) + 1, 1))
            continue
        source.take(at)
        if _opens(source, new(), broken):
            return True
        source.take(1)
        tries += 1
    return False


def _opens(source: _Packed, unpacker: Any, broken: type[Exception]) -> bool:
    """Whether the next bytes begin a member: they unpack, to its end or for a good while, and give something."""
    window = source.fill(_FEED, _TRIAL)[:_TRIAL]
    size = 0
    try:
        for start in range(0, len(window), _FEED):
            size += len(unpacker.decompress(window[start : start + _FEED]))
            if unpacker.eof or size > _READ:
                break
    except broken:
        return False
    return size > 0


def _member(source: _Packed, packing: str, unpacker: Any, broken: type[Exception]) -> Iterator[Chunk]:
    """The bytes of the member that begins here; raises _BrokenError behind what could be read of a damaged one."""
    begin = source.consumed
    while not unpacker.eof:
        feed = source.fill(_FEED)
        if not feed:
            at = source.consumed
            raise _BrokenError(at, f"ends at byte {at}, in the middle of a {packing} member; fetch it again")
        kept = unpacker.copy() if packing == "gzip" else None
        try:
            data = unpacker.decompress(feed)
        except broken as error:
            rest, good = _salvaged(kept, feed, broken)
            at = source.consumed + good
            if rest:
                yield Chunk(rest, at)
            reason = f"damaged {packing} at byte {at} ({error}), in the member that begins at byte {begin}"
            raise _BrokenError(at, reason, last=False) from error
        source.take(len(feed) - len(unpacker.unused_data))
        if data:
            yield Chunk(data, source.consumed)


def _salvaged(unpacker: Any, feed: bytes, broken: type[Exception]) -> tuple[bytes, int]:
    """What can be unpacked before the byte that breaks, and the number of bytes that gave it."""
    pieces = []
    for number in range(len(feed) if unpacker else 0):
        try:
            pieces.append(unpacker.decompress(feed[number : number + 1]))
        except broken:
            return b"".join(pieces), number
    return b"".join(pieces), 0
