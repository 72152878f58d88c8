"""What strangers can get at: everything that is answered from some addresses on, and every file that is handed out."""

import gzip
import html
import io
import re
import time
import zipfile

import pypdf
import pytest

LINK = re.compile(r'(?:href|src)="(/[^"#]*)|"https?://[^/"]+(/data/[^"]*)"')


def walk(page, *starts, is_about):
    """What is answered from `starts` on, as long as `is_about` holds of an address, by its address."""
    waiting, seen = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = page.request.get(address)
        seen[address] = answer.body()
        found = LINK.findall(answer.text()) if _has_links(answer) else []
        named = (one.replace("&amp;", "&") for pair in found for one in pair if one)
        waiting += [one for one in named if is_about(one)]
    return seen


def published_files(home):
    """The files that are handed out: pages, downloads, editions and figures."""
    folders = [home / name for name in ("site", "editions", "figures")]
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def words_in(content):
    """All text in a file, also where it is packed."""
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(words_in(packed.read(name)) for name in packed.namelist())
    if content[:4] == b"%PDF":
        return " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(content)).pages)
    if content[:2] == b"\x1f\x8b":
        return words_in(gzip.decompress(content))
    return html.unescape(re.sub(r"<[^>]*>", "", content.decode("utf-8", "replace")))


def wait_for(page, address):
    """An approved edition is published by itself; until then readers have the one before."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if page.request.get(address).status == 200:
            return
        time.sleep(0.5)
    pytest.fail(f"{address} did not come.")


def _has_links(answer):
    kind = answer.headers.get("content-type", "")
    return kind.startswith("text/") or "oparl" in answer.url
