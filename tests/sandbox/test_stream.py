"""The stream into a box, with a socket pair for Docker."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from sandbox.stream import Stream, StreamBroken, StreamSilent


@pytest.fixture
def pair() -> Iterator[tuple[Stream, socket.socket]]:
    ours, theirs = socket.socketpair()
    stream = Stream(ours)
    yield stream, theirs
    stream.close()
    theirs.close()


def chunk(data: bytes, source: int = 1) -> bytes:
    return struct.pack(">BxxxI", source, len(data)) + data


def test_a_frame_may_come_in_many_chunks(pair: tuple[Stream, socket.socket]) -> None:
    stream, docker = pair
    frame = struct.pack("<I", 5) + b"hello"
    for byte in b"".join(chunk(frame[i : i + 1]) for i in range(len(frame))):
        docker.send(bytes([byte]))
    assert stream.read_frame(1) == b"hello"


def test_many_frames_may_come_in_one_chunk(pair: tuple[Stream, socket.socket]) -> None:
    stream, docker = pair
    docker.send(chunk(b"\1\0\0\0a\1\0\0\0b"))
    assert [stream.read_frame(1), stream.read_frame(1)] == [b"a", b"b"]


def test_silence_is_noticed(pair: tuple[Stream, socket.socket]) -> None:
    stream, _ = pair
    with pytest.raises(StreamSilent):
        stream.read_frame(0.05)


def test_the_end_is_noticed_with_the_last_words(pair: tuple[Stream, socket.socket]) -> None:
    stream, docker = pair
    docker.send(chunk(b"exec failed", source=2))
    docker.close()
    with pytest.raises(StreamBroken, match="exec failed"):
        stream.read_frame(1)
    assert not stream.open()


def test_a_stream_that_is_idle_is_open(pair: tuple[Stream, socket.socket]) -> None:
    assert pair[0].open()


def test_sending_does_not_wait_for_a_reader_that_waits_for_us(pair: tuple[Stream, socket.socket]) -> None:
    stream, docker = pair
    answer = chunk(struct.pack("<I", 4 << 20) + bytes(4 << 20))
    received = bytearray()

    def other_side() -> None:
        docker.sendall(answer)  # more than any buffer holds: blocks until we read
        while len(received) < 4 << 20:
            received.extend(docker.recv(1 << 20))

    thread = threading.Thread(target=other_side)
    thread.start()
    stream.send(b"x" * (4 << 20), 10)
    assert len(stream.read_frame(10)) == 4 << 20
    thread.join()


def test_a_reader_that_takes_nothing_is_noticed(pair: tuple[Stream, socket.socket]) -> None:
    with pytest.raises(StreamSilent):
        pair[0].send(b"x" * (8 << 20), 0.1)


def test_at_a_farewell_the_other_side_is_heard_out(pair: tuple[Stream, socket.socket]) -> None:
    stream, docker = pair
    docker.send(chunk(b"\1\0\0\0a"))
    docker.close()
    assert stream.farewell(1)


def test_a_farewell_tells_who_stays(pair: tuple[Stream, socket.socket]) -> None:
    stream, docker = pair
    assert not stream.farewell(0.05)
    assert docker.recv(1) == b"", "our side is closed all the same"
