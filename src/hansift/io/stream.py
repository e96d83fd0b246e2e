"""A file that can only be read from its beginning, cut into parts at whole records."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from hansift.io.packing import Chunk, Damage


class Feed:
    """Bytes pulled out of chunks as they are asked for.

    `position` counts the bytes given or skipped, `consumed` the packed ones behind them; `damage` collects
    what was met and not yet told. At a gap the feed is `broken`: it ends there until `mended`.
    """

    def __init__(self, chunks: Iterable[Chunk | Damage]) -> None:
        self._chunks = iter(chunks)
        self._buffer = bytearray()
        self.position = 0
        self.consumed = 0
        self.damage: list[Damage] = []
        self.broken = False

    def peek(self, size: int) -> bytes:
        """The next bytes, fewer only at the end; they stay."""
        self._fill(size)
        return bytes(self._buffer[:size])

    def take(self, size: int) -> bytes:
        """The next bytes, fewer only at the end."""
        found = self.peek(size)
        self._drop(len(found))
        return found

    def line(self, limit: int) -> bytes:
        """What is left of this line, its line break included; a longer one than the limit loses its end."""
        pieces, size = [], 0
        while block := self.peek(1 << 16):
            cut = block.find(b"\n") + 1 or len(block)
            if size <= limit:
                pieces.append(block[:cut])
            size += cut
            self._drop(cut)
            if block[cut - 1] == 10:
                break
        return b"".join(pieces) if size <= limit else b"".join(pieces).rstrip(b"\n")

    def skip(self, size: int) -> int:
        """Passes over that many bytes, or as many as there are, and returns how many."""
        start = self.position
        while (left := start + size - self.position) and self._fill(1):
            self._drop(min(left, len(self._buffer)))
        return self.position - start

    def skip_to(self, mark: bytes) -> int:
        """Passes over everything before the next mark, or all there is, and returns how much that was."""
        start = self.position
        while self._fill(len(mark)):
            found = self._buffer.find(mark)
            if found >= 0:
                self._drop(found)
                return self.position - start
            self._drop(max(len(self._buffer) - len(mark) + 1, 1))
        self._drop(len(self._buffer))
        return self.position - start

    def rest(self) -> Iterator[Chunk | Damage]:
        """Everything not yet taken, as chunks again."""
        if self._buffer:
            yield Chunk(bytes(self._buffer), self.consumed)
        yield from self.damage
        if not self.broken:
            yield from self._chunks

    def mended(self) -> bool:
        """Goes on behind a gap; False where nothing follows."""
        self.broken = False
        return self._fill(1) or self.broken

    def told(self) -> list[Damage]:
        """The damage met since this was asked last."""
        found, self.damage = self.damage, []
        return found

    def _fill(self, size: int) -> bool:
        while len(self._buffer) < size and not self.broken:
            item = next(self._chunks, None)
            if item is None:
                break
            if isinstance(item, Damage):
                self.damage.append(item)
                self.broken = item.gap
            else:
                self._buffer += item.data
                self.consumed = item.consumed
        return len(self._buffer) >= size

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self.position += size


def lines(feed: Feed, part_size: int, limit: int) -> Iterator[tuple[int, bytes]]:
    """Stretches of whole lines, each with the byte where it begins; a last line that damage cut off is left out."""
    while True:
        start = feed.position
        data = feed.take(part_size)
        if data and not data.endswith(b"\n"):
            data += feed.line(limit)
        if feed.broken:
            data = data[: data.rfind(b"\n") + 1]
        if not data:
            return
        yield start, data


def in_utf8(chunks: Iterable[Chunk | Damage], encoding: str) -> Iterator[Chunk | Damage]:
    """The chunks, written in that encoding, in UTF-8: line breaks of UTF-16 are more than one byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    consumed = 0
    for item in chunks:
        if isinstance(item, Damage):
            yield item
            if item.gap:  # how the bytes behind it pair is not known
                return
            continue
        consumed = item.consumed
        try:
            yield Chunk(decoder.decode(item.data).encode(), consumed)
        except UnicodeDecodeError as error:
            yield Damage(consumed, f"not {encoding} before byte {consumed} ({error.reason}); name another --encoding")
            return
    try:
        yield Chunk(decoder.decode(b"", True).encode(), consumed)
    except UnicodeDecodeError:
        yield Damage(consumed, f"ends in the middle of a character of {encoding}")
