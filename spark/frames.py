"""Streams of batches between this driver and ledsq worker.

internal/frame describes the bytes. What checks them is ledsq; here they are only
counted and carried on whole.
"""

import json
import struct
import zlib

MAGIC = b"ledsqwk1"
TRAILER = ord("Z")
HEAD = struct.Struct("<BQIII")  # kind, key, items, length of the data, checksum


class Broken(Exception):
    """A stream that ended early or is none. It says nothing of what was in it."""


def pack(kind, data, key=0, items=1):
    """Makes a frame."""
    begin = HEAD.pack(ord(kind), key, items, len(data), 0)[:-4]
    return begin + struct.pack("<I", zlib.crc32(data, zlib.crc32(begin))) + data


class Count:
    """Counts the frames that pass, for the trailer that ends their stream."""

    def __init__(self):
        self.frames, self.items = 0, {}

    def add(self, frame):
        kind, _, items, _, _ = HEAD.unpack_from(frame)
        self.frames += 1
        self.items[chr(kind)] = self.items.get(chr(kind), 0) + items

    def trailer(self):
        return pack("Z", json.dumps({"frames": self.frames, "items": self.items}).encode(), items=0)


def kind_of(frame):
    return chr(frame[0])


def read(stream):
    """Gives (key, frame) one after another and last (None, trailer as a dict)."""

    def exactly(n):
        data = stream.read(n)
        if len(data) != n:
            raise Broken("the stream was cut short")
        return data

    if exactly(len(MAGIC)) != MAGIC:
        raise Broken("no stream of batches")
    count = Count()
    while True:
        head = exactly(HEAD.size)
        kind, key, _, length, _ = HEAD.unpack(head)
        frame = head + exactly(length)
        if kind == TRAILER:
            trailer = json.loads(frame[HEAD.size:])
            if trailer["frames"] != count.frames or trailer["items"] != count.items:
                raise Broken("the stream is incomplete")
            if stream.read(1):
                raise Broken("the stream goes on after its trailer")
            yield None, trailer
            return
        count.add(frame)
        yield key, frame


def save(path, frames):
    """Writes a stream to a file that ledsq reads beside its batches."""
    count = Count()
    with open(path, "wb") as f:
        f.write(MAGIC)
        for frame in frames:
            count.add(frame)
            f.write(frame)
        f.write(count.trailer())
    return count
