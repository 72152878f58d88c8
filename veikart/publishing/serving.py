"""Published files in front of the live pages: who asks for a file of the edition gets just that file."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers
from wsgiref.util import FileWrapper

from whitenoise import WhiteNoise

from veikart.publishing import manifest
from veikart.publishing.headers import HEADERS, PAGE_SECONDS, STATIC_SECONDS

Environment = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environment, Start], Iterable[bytes]]

LIVE = re.compile(r"^/(nn/|en/)?(utgaver|arbeid|konto|utkast|admin|404|data/sak)(/|$)")
"""Addresses that are always answered live, so that a fingerprint shown is one just computed, and the file of a
paper is gone as soon as it is withheld."""

LOOK_EVERY = 2.0
"""Seconds between two looks at whether there is a new publication."""

HASHED = re.compile(r"^/static/.*[.-][0-9a-f]{8,}\.")


class PublishedFiles(WhiteNoise):  # type: ignore[misc]
    """The files of a published site and the static files, as one publication left them."""

    files: dict[str, Any]

    FOREVER = STATIC_SECONDS

    def __init__(self, application: Application, *, site: Path, static: Path) -> None:
        made = manifest.read(site)
        self.shelf = made.shelf
        self.etags = {f"/{name}": etag for name, etag in made.files.items()}
        super().__init__(
            application,
            max_age=PAGE_SECONDS,
            allow_all_origins=False,
            index_file=True,
            immutable_file_test=HASHED.pattern,
            add_headers_function=self.add_our_headers,
        )
        if static.is_dir():
            self.add_files(static, prefix="/static/")
        if (site / manifest.NAME).exists():
            self.add_files(site)
        self.files = {url: file for url, file in self.files.items() if not hidden(url)}

    def serve(self, static_file: Any, environ: Environment, start_response: Start) -> Any:
        """Send the file as it lies there now: a publication may be replacing it just then."""
        try:
            response = static_file.get_response(environ["REQUEST_METHOD"], environ)
        except FileNotFoundError:
            return self.application(environ, start_response)
        headers = list(response.headers)
        if response.status == HTTPStatus.OK and response.file is not None:
            headers = _with_length(headers, os.fstat(response.file.fileno()).st_size)
        start_response(f"{response.status.value} {response.status.phrase}", headers)
        if response.file is None:
            return []
        return environ.get("wsgi.file_wrapper", FileWrapper)(response.file)

    def add_our_headers(self, headers: Headers, path: str, url: str) -> None:
        """Security headers for every file, and an ETag made of its content where that is known."""
        for name, value in HEADERS.items():
            headers[name] = value
        etag = self.etags.get(url + "index.html" if url.endswith("/") else url)
        if etag:
            headers["ETag"] = f'W/"{etag[:32]}"'


class PublishedSite:
    """WSGI: the published file where there is one, else the live application.

    Only GET and HEAD without a question mark are answered from files, and pages only as long as the
    folder of editions is as it was when they were published: once another edition is approved, they
    are live until it is published too. A new publication is noticed within seconds.
    """

    def __init__(
        self, application: Application, *, site: Path, static: Path, editions: Path
    ) -> None:
        self.application, self.site, self.static = application, site, static
        self.editions = editions
        self.lock = threading.Lock()
        self.looked = time.monotonic()
        self.publication = manifest.signature(site)
        self.published = PublishedFiles(application, site=site, static=static)

    def __call__(self, environ: Environment, start_response: Start) -> Iterable[bytes]:
        """Answer one request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self.application(environ, start_response)
        self.look()
        if not environ["PATH_INFO"].startswith("/static/") and not self.is_up_to_date():
            return self.application(environ, start_response)
        answer: Iterable[bytes] = self.published(environ, start_response)
        return answer

    def is_up_to_date(self) -> bool:
        """Whether no edition has come or gone since the files were published."""
        return manifest.state_of(self.editions) == self.published.shelf

    def look(self) -> None:
        """Take in a new publication, if there is one; at most one thread looks, and seldom."""
        now = time.monotonic()
        if now - self.looked < LOOK_EVERY or not self.lock.acquire(blocking=False):
            return
        try:
            self.looked = now
            publication = manifest.signature(self.site)
            if publication != self.publication:
                self.published = PublishedFiles(
                    self.application, site=self.site, static=self.static
                )
                self.publication = publication
        finally:
            self.lock.release()


def hidden(url: str) -> bool:
    """Whether `url` is not for files: names that begin with a dot, and what is always live."""
    return "/." in url or url == "/404.html" or bool(LIVE.match(url))


def _with_length(headers: list[tuple[str, str]], size: int) -> list[tuple[str, str]]:
    if ("Content-Length", str(size)) in headers:
        return headers
    stale = ("Content-Length", "ETag", "Last-Modified")
    kept = [(name, value) for name, value in headers if name not in stale]
    return [*kept, ("Content-Length", str(size))]
