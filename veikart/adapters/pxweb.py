"""Statistics services that speak PxWeb (SSB, FHI and others): metadata, and answers as JSON-stat 2.0.

Both versions of the interface are spoken: in 1 a table is asked by POST at its own address, in 2 at
`/tables/{id}/data`. What was asked is kept with the answer, so that it can be asked again.
"""

import re
import time
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from veikart.adapters.pxweb_parts import Selection, cells_in, merged, parts_of
from veikart.adapters.pxweb_tables import (
    PxWebError,
    Query,
    Table,
    checked_address,
    chosen,
    encode_query,
    not_json_at,
    table_of_1,
    table_of_2,
)

USER_AGENT = "Veikart (national strategy indicators; httpx)"
TIMEOUT = httpx.Timeout(60, connect=10)
ATTEMPTS = 4
LONGEST_WAIT = 60.0
MOST_BYTES = 200_000_000
CAREFUL_CELLS = 100_000
"""How many cells are asked for at a time where the service does not say its limit."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A table's cells as JSON-stat 2.0, and what was asked.

    `content` is the service's answer byte for byte, or, where the limit of cells made it several,
    all of them put together. `query` is the `Query` as JSON.
    """

    content: bytes
    query: str
    title: str
    cells: int
    questions: int


class PxWeb:
    """A connection to PxWeb services. Use it in a `with`, or close it.

    `wait` is what passes the time between attempts; tests hand in their own.
    """

    def __init__(
        self,
        *,
        wait: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._wait = wait
        self._client = httpx.Client(
            timeout=TIMEOUT,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            follow_redirects=True,
            max_redirects=3,
            transport=transport,
        )

    def __enter__(self) -> "PxWeb":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def table(self, query: Query) -> Table:
        """What the service says of the table of `query`. Raises PxWebError."""
        address = checked_address(query.address)
        if query.version == 1:
            return table_of_1(address, self._json("GET", address))
        asked = f"{address}/metadata"
        return table_of_2(address, self._json("GET", asked, params=_params(query, "json-stat2")))

    def fetch(self, query: Query) -> Answer:
        """The cells that `query` asks for, in as many questions as the service's limit makes needed.

        Raises PxWebError.
        """
        table = self.table(query)
        selection = chosen(query, table)
        limit, pause = self._limits(query)
        answers = self._ask_all(query, selection, limit, pause)
        try:
            content = answers[0] if len(answers) == 1 else merged(answers, selection)
        except ValueError as problem:
            raise not_json_at(
                query.address, f"answers that do not fit each other: {problem}"
            ) from (problem)
        return Answer(
            content=content,
            query=encode_query(query),
            title=table.title,
            cells=cells_in(selection),
            questions=len(answers),
        )

    def _ask_all(self, query: Query, selection: Selection, limit: int, pause: float) -> list[bytes]:
        answers: list[bytes] = []
        waiting = parts_of(selection, limit)
        pause = pause if len(waiting) > 1 else 0.0
        while waiting:
            part = waiting.pop(0)
            if pause and answers:
                self._wait(pause)
            try:
                answers.append(self._ask(query, part))
            except PxWebError as problem:
                cells = cells_in(part)
                if problem.code != "too_many_cells" or cells < 2:
                    raise
                # The service allows less than it says, or says nothing: smaller questions.
                waiting = [*parts_of(part, max(cells // 2, 1)), *waiting]
        return answers

    def _ask(self, query: Query, selection: Selection) -> bytes:
        if query.version == 1:
            asked: Any = {
                "query": [
                    {"code": code, "selection": {"filter": "item", "values": values}}
                    for code, values in selection.items()
                ],
                "response": {"format": "json-stat2"},
            }
            return self._content("POST", checked_address(query.address), body=asked)
        asked = {
            "selection": [
                {"variableCode": code, "valueCodes": values} for code, values in selection.items()
            ]
        }
        return self._content(
            "POST",
            f"{checked_address(query.address)}/data",
            body=asked,
            params=_params(query, "json-stat2"),
        )

    def _limits(self, query: Query) -> tuple[int, float]:
        """The most cells a question may ask for, and the seconds between questions."""
        address = checked_address(query.address)
        try:
            if query.version == 1:
                root = re.match(r".*/api/v\d+", address)
                said = self._json("GET", f"{root[0]}/?config" if root else f"{address}?config")
            else:
                said = self._json("GET", f"{address.rpartition('/tables/')[0]}/config")
        except PxWebError:
            return CAREFUL_CELLS, 0.0
        plain = {str(key).casefold(): value for key, value in said.items()}
        cells = plain.get("maxdatacells") or plain.get("maxcells")
        calls = plain.get("maxcallspertimewindow") or plain.get("maxcalls")
        window = plain.get("timewindow")
        numbers = [
            each if isinstance(each, int) and each > 0 else 0 for each in (cells, calls, window)
        ]
        pause = numbers[2] / numbers[1] if numbers[1] and numbers[2] else 0.0
        return numbers[0] or CAREFUL_CELLS, min(pause, LONGEST_WAIT)

    def _json(
        self, method: str, address: str, *, params: dict[str, str] | None = None
    ) -> dict[str, Any]:
        content = self._content(method, address, params=params)
        decoded = msgspec.json.decode(content)
        if not isinstance(decoded, dict):
            raise not_json_at(address, "JSON of another form")
        return decoded

    def _content(
        self,
        method: str,
        address: str,
        *,
        body: Any = None,
        params: dict[str, str] | None = None,
    ) -> bytes:
        """The JSON at an address, tried again where that may help."""
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS
            try:
                status, headers, content = self._request(method, address, body, params)
            except httpx.HTTPError as problem:
                if last:
                    raise _unavailable(address, str(problem) or type(problem).__name__) from problem
                self._wait(2.0 ** (attempt - 1))
                continue
            if status < 300:
                return _checked_json(address, content)
            if last or status not in (429, 500, 502, 503, 504):
                raise _refusal(address, status, content)
            self._wait(_seconds(headers.get("Retry-After"), otherwise=2.0 ** (attempt - 1)))
        raise AssertionError("the last attempt returns or raises")

    def _request(
        self, method: str, address: str, body: Any, params: dict[str, str] | None
    ) -> tuple[int, httpx.Headers, bytes]:
        content = None if body is None else msgspec.json.encode(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        asked = self._client.build_request(
            method, address, params=params, content=content, headers=headers
        )
        response = self._client.send(asked, stream=True)
        try:
            read = bytearray()
            for chunk in response.iter_bytes():
                read += chunk
                if len(read) > MOST_BYTES:
                    raise PxWebError(
                        "too_large",
                        f"Expected an answer of at most {MOST_BYTES // 10**6} MB; {address} sends "
                        "more. Ask for fewer cells.",
                    )
            return response.status_code, response.headers, bytes(read)
        finally:
            response.close()


def _params(query: Query, form: str) -> dict[str, str]:
    params = {"outputFormat": form}
    return params | {"lang": query.language} if query.language else params


def _checked_json(address: str, content: bytes) -> bytes:
    try:
        msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        found = "a web page" if content.lstrip()[:1] == b"<" else f"what is none ({problem})"
        raise not_json_at(address, found) from problem
    return content


def _refusal(address: str, status: int, content: bytes) -> PxWebError:
    told = _reason(content)
    if status == 404:
        return PxWebError(
            "not_found",
            f"Expected a table at {address}; the service has none. Look up the table’s number.",
        )
    if status == 403 or (status == 400 and "too many" in told.casefold()):
        return PxWebError(
            "too_many_cells",
            f"Expected a question within the service’s limit; {address} refuses it{told}. "
            "Choose fewer codes.",
        )
    if status == 429:
        return PxWebError(
            "too_often",
            f"Expected an answer from {address}; the service asks for a longer pause. Try again in "
            "some minutes.",
        )
    if status >= 500:
        return _unavailable(address, f"status {status}")
    return PxWebError(
        "refused",
        f"Expected an answer from {address}, found status {status}{told}. Look at the variables and "
        "codes in the question.",
    )


def _reason(content: bytes) -> str:
    try:
        said = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ""
    words = (
        [str(said[key]) for key in ("title", "detail", "error") if key in said]
        if isinstance(said, dict)
        else [str(said)]
    )
    return f" ({'; '.join(words)[:200]})" if words else ""


def _unavailable(address: str, found: str) -> PxWebError:
    return PxWebError(
        "unavailable",
        f"Expected an answer from {address}, found none after {ATTEMPTS} attempts ({found}). "
        "Try again later, or take the table in as a file.",
    )


def _seconds(said: str | None, *, otherwise: float) -> float:
    """What Retry-After says in seconds, at most a minute; a date there is not waited for."""
    return min(float(said), LONGEST_WAIT) if said and said.isdecimal() else otherwise
