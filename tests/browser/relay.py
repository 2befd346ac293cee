"""A relay between a browser and our server: it hears every byte, and may change some or fall silent."""

import contextlib
import socket
import threading


class Relay:
    """Listens on a port of its own and passes everything on to `target_port` (both on 127.0.0.1).

    `sent` is every byte that browsers sent. `replace` {old: new of the same length} is done to what the server answers; so that answers
    can be read and are whole, browsers are kept from asking for compressed ones and from saying what they know. `answer` is what stands
    in its way says to everything in the server's place, as a maintenance page or a hotel's log-in does; it must end with its connection.
    """

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.sent = bytearray()
        self.replace: dict[bytes, bytes] = {}
        self.answer: bytes | None = None
        self.is_silent = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with caller, contextlib.suppress(OSError):
            target = socket.create_connection(("127.0.0.1", self.target_port))
            with target:
                threading.Thread(target=self._pass_back, args=(target, caller), daemon=True).start()
                self._pass_on(caller, target)
                target.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, caller: socket.socket, target: socket.socket) -> None:
        while data := caller.recv(65536):
            self.sent += data
            if self.answer is not None:
                caller.sendall(self.answer)
                return
            if not self.is_silent:
                target.sendall(data.replace(b"Accept-Encoding:", b"X-Any-Coding:").replace(b"If-None-Match:", b"X-Known:"))

    def _pass_back(self, target: socket.socket, caller: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := target.recv(65536):
                for old, new in self.replace.items():
                    data = data.replace(old, new)
                if not self.is_silent:
                    caller.sendall(data)
            # The other thread still listens to the caller; closing alone would leave the browser waiting.
            caller.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """No further callers."""
        self._listener.close()
