"""The service on a real socket, with tiny examples, in this process: for what only a connection can show."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import uvicorn

from app.main import create_app
from app.server import server_config
from app.settings import Settings
from models.example import Example


class Server(uvicorn.Server):
    """Say when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def listening(examples: Mapping[str, Example], settings: Settings) -> Iterator[tuple[str, int]]:
    """Serve while the block runs; gives host and port."""
    config = server_config(create_app(settings, examples), settings)
    config.port = 0
    server = Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        server.ready.wait()
        yield server.servers[0].sockets[0].getsockname()
    finally:
        server.should_exit = True
        thread.join()


class Connection:
    """Speak to it byte by byte."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self.file = self.socket.makefile("rb")

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()

    def send(self, *pieces: bytes) -> "Connection":
        for piece in pieces:
            self.socket.sendall(piece)
        return self

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Read one answer with a declared length: status, headers, body."""
        start = self.file.readline()
        assert start.startswith(b"HTTP/1.1 "), start
        headers: dict[str, str] = {}
        while (line := self.file.readline().strip()) and line:
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        return int(start.split()[1]), headers, self.file.read(int(headers.get("content-length", 0)))

    def rest(self) -> bytes:
        """Read until the server closes, which is what is waited for."""
        try:
            return self.file.read()
        except ConnectionResetError:
            return b""
