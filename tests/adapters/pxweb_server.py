"""A small PxWeb service that speaks both versions of the interface for real, in a thread of its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from urllib.parse import parse_qs, urlsplit


class Service:
    """The one table of the service, its limits, and what it is to do wrong.

    `faults` are answers given before the real ones: numbers are statuses, `html` and `broken` are
    bodies with status 200. `asked` are the requests that came: method, path, body.
    """

    def __init__(self, variables, value, *, title="07459: Folkemengde", most_cells=800_000):
        self.variables = variables
        self.value = value
        self.title = title
        self.most_cells = most_cells
        self.says_limit = True
        self.faults = []
        self.asked = []
        self.agents = []

    def codes(self, code):
        return list(self.variable(code)["texts"])

    def variable(self, code):
        return next(each for each in self.variables if each["code"] == code)

    def metadata_1(self):
        return {
            "title": self.title,
            "variables": [
                {
                    "code": each["code"],
                    "text": each["text"],
                    "values": list(each["texts"]),
                    "valueTexts": list(each["texts"].values()),
                    **({"elimination": True} if each.get("elimination") else {}),
                    **({"time": True} if each.get("role") == "time" else {}),
                }
                for each in self.variables
            ],
        }

    def dataset(self, selection, *, with_values=True):
        """JSON-stat 2.0 of the cells in `selection`, a list of pairs of code and values."""
        eliminated = {
            each["code"] for each in self.variables if each["code"] not in dict(selection)
        }
        chosen = [(code, values) for code, values in selection]
        cells = (
            [
                self.value(
                    dict(zip([code for code, _ in chosen], each, strict=True))
                    | dict.fromkeys(eliminated)
                )
                for each in product(*(values for _, values in chosen))
            ]
            if with_values
            else []
        )
        roles = {}
        for code, _ in chosen:
            if role := self.variable(code).get("role"):
                roles.setdefault(role, []).append(code)
        answer = {
            "version": "2.0",
            "class": "dataset",
            "label": self.title,
            "source": "Statistisk sentralbyrå",
            "updated": "2026-02-19T07:00:00Z",
            "id": [code for code, _ in chosen],
            "size": [len(values) for _, values in chosen],
            "dimension": {code: self.dimension(code, values) for code, values in chosen},
            "role": roles,
            "value": [None if isinstance(cell, str) else cell for cell in cells],
        }
        marks = {str(at): cell for at, cell in enumerate(cells) if isinstance(cell, str)}
        return answer | ({"status": marks} if marks else {})

    def dimension(self, code, values):
        variable = self.variable(code)
        category = {
            "index": {value: number for number, value in enumerate(values)},
            "label": {value: variable["texts"][value] for value in values},
        }
        if "units" in variable:
            category["unit"] = {
                value: {"base": variable["units"][value], "decimals": 0} for value in values
            }
        return {
            "label": variable["text"],
            "category": category,
            "extension": {"elimination": bool(variable.get("elimination"))},
        }


class Refusal(Exception):
    def __init__(self, status, body, kind="application/json"):
        super().__init__(status)
        self.status, self.body, self.kind = status, body, kind


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service

    def do_GET(self):
        self.respond("GET", None)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.respond("POST", json.loads(body))

    def respond(self, method, body):
        self.service.asked.append((method, self.path, body))
        self.service.agents.append(self.headers.get("User-Agent"))
        try:
            self.misbehave()
            self.send(200, self.answer(method, urlsplit(self.path), body))
        except Refusal as refusal:
            self.send(refusal.status, refusal.body, refusal.kind)

    def misbehave(self):
        if not self.service.faults or "config" in self.path:
            return
        fault = self.service.faults.pop(0)
        if fault == "html":
            raise Refusal(200, "<!doctype html><title>Logg inn</title>", "text/html")
        if fault == "broken":
            raise Refusal(200, '{"class": "dataset", "value": [1,')
        raise Refusal(fault, {"title": "Busy", "status": fault})

    def answer(self, method, address, body):
        parts = address.path.strip("/").split("/")
        if parts[:2] == ["api", "v1"]:
            return self.version_1(method, parts[2:], address.query, body)
        if parts[:2] == ["api", "v2"]:
            return self.version_2(method, parts[2:], parse_qs(address.query), body)
        raise Refusal(404, "Not found", "text/plain")

    def version_1(self, method, parts, query, body):
        if query == "config":
            if not self.service.says_limit:
                raise Refusal(404, "Not found", "text/plain")
            return {
                "maxValues": 1000, "maxCells": self.service.most_cells, "maxCalls": 30,
                "timeWindow": 60, "CORS": True,
            }  # fmt: skip
        if parts != ["no", "table", "07459"]:
            raise Refusal(404, "Parameter error", "text/plain")
        if method == "GET":
            return self.service.metadata_1()
        assert body["response"]["format"] == "json-stat2"
        given = {each["code"]: each["selection"] for each in body["query"]}
        return self.cells([
            (variable["code"], self.filtered(variable, given.get(variable["code"])))
            for variable in self.service.variables
            if variable["code"] in given or not variable.get("elimination")
        ])  # fmt: skip

    def filtered(self, variable, selection):
        known = list(variable["texts"])
        if selection is None:
            return known
        values = selection["values"]
        if selection["filter"] == "all":
            return known
        if selection["filter"] == "top":
            return known[-int(values[0]) :]
        if selection["filter"] != "item" or not set(values) <= set(known):
            raise Refusal(400, {"error": "Value or filter error"})
        return [value for value in known if value in values]

    def version_2(self, method, parts, query, body):
        if parts == ["config"]:
            return {
                "apiVersion": "2.0.0", "maxDataCells": self.service.most_cells,
                "maxCallsPerTimeWindow": 30, "timeWindow": 60, "defaultLanguage": "no",
            }  # fmt: skip
        if parts[:2] != ["tables", "07459"]:
            raise Refusal(404, {"type": "Parameter error", "title": "Non-existent table"})
        assert query["outputFormat"] == ["json-stat2"]
        everything = [(each["code"], list(each["texts"])) for each in self.service.variables]
        if parts[2:] == ["metadata"]:
            return self.service.dataset(everything, with_values=False)
        assert (method, parts[2:]) == ("POST", ["data"])
        given = {each["variableCode"]: each["valueCodes"] for each in body["selection"]}
        if not set(given) <= {code for code, _ in everything}:
            raise Refusal(400, {"type": "Parameter error", "title": "Non-existent variable"})
        return self.cells(
            [
                (code, [v for v in values if v in given[code]])
                for code, values in everything
                if code in given
            ]
        )

    def cells(self, selection):
        number = 1
        for _, values in selection:
            number *= len(values)
        if number > self.service.most_cells:
            raise Refusal(403, {"title": "Too many cells selected", "status": 403})
        return self.service.dataset(selection)

    def send(self, status, body, kind="application/json"):
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if status == 429:
            self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words):
        pass


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """The address of `service` while it is served."""
    answers = type("AnswersOfOne", (Answers,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
