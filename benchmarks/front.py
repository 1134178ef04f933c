"""A front as Caddy is one: compresses answers, counts what it sends, can be slow.

Answers of Django are sent as gzip of level 6; static files as WhiteNoise keeps them,
.br or .gz, because that is what the server answers a browser that takes them.
"""

import gzip
import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GZIP_LEVEL = 6
SMALLEST = 512
COMPRESSED = ("text/", "application/json", "application/manifest", "image/svg")
OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
CHUNK = 1000


class Line:
    """One line that all connections share: bytes in a second, seconds there and back."""

    def __init__(self):
        self.speed = self.delay = 0
        self.lock = threading.Lock()
        self.free_at = 0.0

    def wait_for(self, size):
        """Until ``size`` more bytes are through."""
        if not self.speed:
            return
        with self.lock:
            self.free_at = max(self.free_at, time.monotonic()) + size / self.speed
            until = self.free_at
        time.sleep(max(0.0, until - time.monotonic()))


class Front:
    """Passes requests on to ``target``; ``sent`` lists (path, bytes, encoding)."""

    def __init__(self, target):
        self.target = target
        self.line = Line()
        self.sent = []
        handler = type("PassingHere", (Passing,), {"front": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def slow_down(self, *, kilobits, delay):
        self.line.speed, self.line.delay = kilobits * 1000 / 8, delay

    def count(self):
        """What was sent since the last time this was asked."""
        sent, self.sent = self.sent, []
        return sent

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Passing(BaseHTTPRequestHandler):
    """One request: passed on, compressed, counted."""

    protocol_version = "HTTP/1.1"
    front = None

    def log_message(self, *_arguments):
        """The list of what was sent is the log."""

    def do_GET(self):
        time.sleep(self.front.line.delay)
        length = int(self.headers.get("Content-Length") or 0)
        server = http.client.HTTPConnection(self.front.target, timeout=60)
        kept = {k: v for k, v in self.headers.items() if k.lower() not in OF_ONE_HOP}
        if length:
            kept["Content-Length"] = str(length)
        server.request(self.command, self.path, self.rfile.read(length), kept)
        answer = server.getresponse()
        headers, body = self._compressed(answer.getheaders(), answer.read())
        server.close()
        self._send(answer.status, headers, body)

    do_POST = do_HEAD = do_GET  # noqa: N815 -- http.server calls them so

    def _compressed(self, headers, body):
        named = {name.lower(): value for name, value in headers}
        if (
            "content-encoding" in named
            or len(body) < SMALLEST
            or not named.get("content-type", "").startswith(COMPRESSED)
        ):
            return headers, body
        packed = gzip.compress(body, GZIP_LEVEL)
        return [*headers, ("Content-Encoding", "gzip")], packed

    def _send(self, status, headers, body):
        self.send_response_only(status)
        encoding = "as it is"
        for name, value in headers:
            if name.lower() in OF_ONE_HOP:
                continue
            if name.lower() == "content-encoding":
                encoding = value
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.front.sent.append((self.path, len(body), encoding))
        for start in range(0, len(body), CHUNK):
            part = body[start : start + CHUNK]
            self.front.line.wait_for(len(part))
            self.wfile.write(part)
