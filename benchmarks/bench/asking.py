"""Asks pages of a WSGI application in this very process: server time without a network."""

import io
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "127.0.0.1:8000"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class Refused(Exception):
    """A page answered otherwise than a benchmark expects."""


class Browser:
    """One person who is signed in; keeps cookies as a browser does."""

    def __init__(self, application, cookies):
        self.application = application
        self.cookies = dict(cookies)

    def get(self, path):
        """The bytes of a page, which has to be there."""
        status, body, _headers = self._ask("GET", path)
        if status != 200:
            raise Refused(f"GET {path}: {status}")
        return body

    def token_of(self, path):
        """The token of the form on a page, for every form of the same session."""
        return TOKEN.search(self.get(path))[1].decode()

    def post(self, path, answers, token):
        """Where a form leads to; one that is shown again with an error is refused."""
        typed = urlencode({"csrfmiddlewaretoken": token, **answers}, doseq=True)
        status, body, headers = self._ask("POST", path, typed.encode())
        if status != 302:
            said = re.findall(rb"invalid-feedback[^>]*>\s*([^<]+)", body)
            raise Refused(f"POST {path}: {status} {b'; '.join(said[:3]).decode()}")
        return headers["Location"]

    def _ask(self, method, path, content=b""):
        path, _, query = path.partition("?")
        answer = {}

        def start_response(status, headers, exc_info=None):
            answer["status"], answer["headers"] = int(status.split()[0]), headers

        given = self.application(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "8000",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "127.0.0.1",
                "HTTP_HOST": HOST,
                "HTTP_ACCEPT": "text/html",
                "HTTP_ORIGIN": f"http://{HOST}",
                "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(content)),
                "wsgi.version": (1, 0),
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(content),
                "wsgi.errors": io.StringIO(),
                "wsgi.multithread": False,
                "wsgi.multiprocess": True,
                "wsgi.run_once": False,
            },
            start_response,
        )
        body = b"".join(given)
        given.close()
        for name, value in answer["headers"]:
            if name == "Set-Cookie":
                for morsel in SimpleCookie(value).values():
                    self.cookies[morsel.key] = morsel.value
        return answer["status"], body, dict(answer["headers"])
