"""Published files go out as they lie there; everything else is answered live."""

import brotli
import pytest

from veikart.publishing import manifest, serving
from veikart.publishing.headers import HEADERS
from veikart.publishing.serving import PublishedSite

HASH = "0a1b2c3d" * 8


def live(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"live {environ['PATH_INFO']}?{environ['QUERY_STRING']}".encode()]


def ask(site, path, *, query="", method="GET", **headers):
    """The status, headers and body of the answer."""
    answer = {}

    def start_response(status, given):
        answer.update(status=status, headers=dict(given))

    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, **headers}
    body = site(environ, start_response)
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return answer["status"], answer["headers"], content


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def folders(tmp_path):
    site, static = tmp_path / "site", tmp_path / "static"
    put(site, "index.html", b"<p>front</p>" * 50)
    put(site, "index.html.br", brotli.compress(b"<p>front</p>" * 50))
    put(site, "mal/1/index.html", b"goal 1")
    put(site, "utgaver/2026-1/index.html", b"an edition")
    put(site, "404.html", b"not here")
    put(site, "robots.txt", b"User-agent: *\n")
    put(static, "built/veikart.0123456789ab.css", b"p {}")
    editions = tmp_path / "editions"
    editions.mkdir()
    shelf = manifest.state_of(editions)
    manifest.write(site, manifest.Manifest(files={"index.html": HASH}, shelf=shelf))
    return site, static, editions


@pytest.fixture
def site(folders):
    return PublishedSite(live, site=folders[0], static=folders[1], editions=folders[2])


def test_a_published_page_is_the_file(site):
    status, headers, body = ask(site, "/mal/1/")

    assert (status, body) == ("200 OK", b"goal 1")
    assert headers["Content-Type"] == 'text/html; charset="utf-8"'
    assert headers["Cache-Control"] == "max-age=300, public"


def test_who_takes_brotli_gets_the_file_made_beforehand(site):
    _, headers, body = ask(site, "/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")

    assert (headers["Content-Encoding"], headers["Vary"]) == ("br", "Accept-Encoding")
    assert brotli.decompress(body) == b"<p>front</p>" * 50


def test_a_page_that_has_not_changed_is_not_sent_again(site):
    _, headers, _ = ask(site, "/")

    assert headers["ETag"] == f'W/"{HASH[:32]}"'
    assert ask(site, "/", HTTP_IF_NONE_MATCH=headers["ETag"])[0].startswith("304")
    assert ask(site, "/", HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


@pytest.mark.parametrize(
    "path", ["/", "/mal/1/", "/robots.txt", "/static/built/veikart.0123456789ab.css"]
)
def test_every_file_carries_the_security_headers(site, path):
    _, headers, _ = ask(site, path)

    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "Access-Control-Allow-Origin" not in headers


def test_a_file_with_a_hash_in_its_name_is_kept_for_good(site):
    _, headers, body = ask(site, "/static/built/veikart.0123456789ab.css")

    assert body == b"p {}"
    assert headers["Cache-Control"] == "max-age=31536000, public, immutable"


@pytest.mark.parametrize(
    ("path", "query", "method"),
    [
        ("/", "grupper=fase", "GET"),
        ("/", "", "POST"),
        ("/veikart/", "", "GET"),
        ("/utgaver/2026-1/", "", "GET"),
        ("/.veikart-published.json", "", "GET"),
        ("/404.html", "", "GET"),
        ("/../secret", "", "GET"),
    ],
)
def test_everything_else_is_answered_live(site, path, query, method):
    _, _, body = ask(site, path, query=query, method=method)

    assert body == f"live {path}?{query}".encode()


def test_a_new_publication_is_noticed_without_a_restart(site, folders):
    assert ask(site, "/veikart/")[2] == b"live /veikart/?"

    put(folders[0], "veikart/index.html", b"the roadmap")
    shelf = manifest.state_of(folders[2])
    manifest.write(folders[0], manifest.Manifest(files={"veikart/index.html": HASH}, shelf=shelf))
    assert ask(site, "/veikart/")[2] == b"live /veikart/?", "It looks now and then, not every time."
    site.looked -= serving.LOOK_EVERY

    assert ask(site, "/veikart/")[2] == b"the roadmap"


def test_once_an_edition_comes_pages_are_live_until_it_is_published(site, folders):
    (folders[2] / "2026-2.approval.json").write_bytes(b"{}")

    assert ask(site, "/mal/1/")[2] == b"live /mal/1/?"
    assert ask(site, "/static/built/veikart.0123456789ab.css")[2] == b"p {}"

    manifest.confirm(folders[0], manifest.state_of(folders[2]))
    site.looked -= serving.LOOK_EVERY
    assert ask(site, "/mal/1/")[2] == b"goal 1"


def test_a_folder_without_a_finished_publication_is_not_served(tmp_path):
    put(tmp_path / "site", "index.html", b"half a site")

    site = PublishedSite(
        live, site=tmp_path / "site", static=tmp_path / "static", editions=tmp_path / "editions"
    )

    assert ask(site, "/")[2] == b"live /?"


def test_a_manifest_that_cannot_be_read_counts_as_none(tmp_path):
    put(tmp_path, manifest.NAME, b"{")

    assert manifest.read(tmp_path) == manifest.Manifest()


def test_a_page_that_is_just_being_replaced_goes_out_whole(site, folders):
    (folders[0] / "mal/1/index.html").write_bytes(b"goal 1, with more about it")

    _, headers, body = ask(site, "/mal/1/")

    assert body == b"goal 1, with more about it"
    assert headers["Content-Length"] == str(len(body))
    assert "ETag" not in headers


def test_a_page_that_was_just_removed_is_answered_live(site, folders):
    (folders[0] / "mal/1/index.html").unlink()

    assert ask(site, "/mal/1/")[2] == b"live /mal/1/?"
