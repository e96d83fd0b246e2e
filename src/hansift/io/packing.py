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


class Chunk(NamedTuple):
    """Bytes unpacked, and how many packed bytes were read up to their end."""

    data: bytes
    consumed: int


class Damage(NamedTuple):
    """What is wrong with a file, and the packed byte where; nothing follows one that is `fatal`."""

    position: int
    reason: str
    fatal: bool = True


def zstandard(path: str = "zstd") -> Any:
    """The module zstandard; raises UsageError with the name of the extra where it is missing."""
    try:
        import zstandard as module
    except ImportError as error:
        raise UsageError(f"{path}: zstd needs zstandard; pip install 'hansift[zstd]'") from error
    return module


def unpacked(stream: IO[bytes], packing: str) -> Iterator[Chunk | Damage]:
    """The bytes of a stream in order; damage stands where it was met, after all that could be read before it."""
    if packing == "gzip":
        yield from _members(stream, packing, lambda: zlib.decompressobj(wbits=31), zlib.error)
    elif packing == "zstd":
        zstd = zstandard()
        yield from _members(stream, packing, zstd.ZstdDecompressor().decompressobj, zstd.ZstdError)
    else:
        consumed = 0
        while data := _read(stream, _READ, consumed):
            if isinstance(data, Damage):
                yield data
                return
            consumed += len(data)
            yield Chunk(data, consumed)


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


def _read(stream: IO[bytes], count: int, consumed: int) -> bytes | Damage:
    try:
        return stream.read(count)
    except OSError as error:
        return Damage(consumed, f"cannot be read from byte {consumed} on: {said(error)}")


def _members(
    stream: IO[bytes], packing: str, new: Callable[[], Any], broken: type[Exception]
) -> Iterator[Chunk | Damage]:
    consumed = 0
    feed: bytes | Damage = b""
    while feed := feed or _read(stream, _FEED, consumed):
        if isinstance(feed, Damage):
            yield feed
            return
        if len(feed) < 18:  # a member's head may lie across two reads
            more = _read(stream, _FEED, consumed)
            feed += more if isinstance(more, bytes) else b""
        if not feed.startswith(MAGIC[packing]) and feed[:4] not in _SKIPPABLE:
            if not feed.strip(b"\0"):  # padding, as tapes have it
                consumed, feed = consumed + len(feed), b""
                continue
            yield Damage(consumed, f"not {packing} at byte {consumed}; what follows is not read")
            return
        # BGZF ends with an empty member by its rules, zstd may hold frames that are not data
        begin, size, hollow = consumed, 0, feed[12:14] == b"BC" or feed[:4] in _SKIPPABLE
        unpacker = new()
        while True:
            kept = unpacker.copy() if packing == "gzip" else None
            try:
                data = unpacker.decompress(feed)
            except broken as error:
                rest, good = _salvaged(kept, feed, broken)
                if rest:
                    yield Chunk(rest, consumed + good)
                yield Damage(consumed + good, f"damaged {packing} at byte {consumed + good} ({error}), in the "
                             f"member that begins at byte {begin}; what follows is not read")  # fmt: skip
                return
            size += len(data)
            consumed += len(feed) - len(unpacker.unused_data)
            if data:
                yield Chunk(data, consumed)
            if unpacker.eof:
                feed = unpacker.unused_data
                break
            feed = _read(stream, _FEED, consumed)
            if isinstance(feed, Damage) or not feed:
                yield feed or Damage(consumed, f"ends at byte {consumed}, in the middle of a {packing} member; "
                                     "fetch it again")  # fmt: skip
                return
        if not size and not hollow:
            yield Damage(begin, f"empty {packing} member at byte {begin}", fatal=False)


def _salvaged(unpacker: Any, feed: bytes, broken: type[Exception]) -> tuple[bytes, int]:
    """What can be unpacked before the byte that breaks, and the number of bytes that gave it."""
    pieces = []
    for number in range(len(feed) if unpacker else 0):
        try:
            pieces.append(unpacker.decompress(feed[number : number + 1]))
        except broken:
            return b"".join(pieces), number
    return b"".join(pieces), 0
