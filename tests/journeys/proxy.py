"""A line between the phone and the server that fails at the worst moment."""

import socket
import threading

CHUNK = 65536


class Line:
    """Passes requests on to the server at ``target``.

    ``before_answer(head)`` is called when the server has the whole request and its
    answer has begun to arrive. If it returns True, the phone never gets the answer.
    While it ``is_cut``, connections break at once.
    ``portal`` is an HTML page that answers everything, as a captive portal does;
    ``status`` is a status that answers everything, as a broken server does.
    """

    def __init__(self, target):
        self.target = target
        self.mend()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def mend(self):
        self.is_cut = False
        self.portal = ""
        self.status = 0
        self.before_answer = lambda head: False

    def close(self):
        self.listener.close()

    def _serve(self):
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=[connection], daemon=True).start()

    def _pass(self, phone):
        """One request for each connection: the answer says that it closes."""
        with phone:
            if self.is_cut:
                return
            request = self._whole_request(phone)
            if not request:
                return
            head = request.partition(b"\r\n")[0].decode()
            made_up = self._made_up()
            if made_up:
                phone.sendall(made_up)
                return
            try:
                self._ask_server(phone, request, head)
            except OSError:
                return

    def _made_up(self):
        if self.portal:
            return answer("200 OK", self.portal)
        if self.status:
            return answer(f"{self.status} Broken", "<h1>Broken</h1>")
        return b""

    def _ask_server(self, phone, request, head):
        with socket.create_connection(("127.0.0.1", self.target), timeout=30) as server:
            server.sendall(closing(request))
            first = server.recv(CHUNK)
            if self.before_answer(head):
                return
            while first:
                phone.sendall(first)
                first = server.recv(CHUNK)

    def _whole_request(self, phone):
        data = b""
        while b"\r\n\r\n" not in data:
            received = phone.recv(CHUNK)
            if not received:
                return b""
            data += received
        head, _blank, body = data.partition(b"\r\n\r\n")
        length = next(
            (
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            ),
            0,
        )
        while len(body) < length:
            body += phone.recv(CHUNK)
        return head + b"\r\n\r\n" + body


def closing(request):
    """The request with a line that asks the server to close the connection."""
    head, blank, body = request.partition(b"\r\n\r\n")
    lines = [
        line
        for line in head.split(b"\r\n")
        if not line.lower().startswith((b"connection:", b"keep-alive:"))
    ]
    return b"\r\n".join([*lines, b"Connection: close"]) + blank + body


def answer(status, html):
    body = html.encode()
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode() + body
