"""A real HTTP server on loopback that behaves as the credit services do, with their faults on demand.

Creditsafe Connect and D&B Direct+ as described in the project's notes on their interfaces: Bearer wanted, tokens that
end, 401 with either key, 404, 409, 429. ``faults`` are taken one a call, in their order, by whatever is asked.
"""

import base64
import json
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD, KEY = "tester@example.com", "very-s3cret", "key-s3cret"


class CreditServer(ThreadingHTTPServer):
    """``with CreditServer() as server: server.url`` … ; its attributes may be changed while it runs."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls = []  # (method, path, query, body) of each call
        self.tokens = {}  # token: moment of its end
        self.token_life = 3600
        self.companies = {}  # id: company of Creditsafe
        self.reports = {}  # id: report of Creditsafe
        self.organizations = {}  # D-U-N-S number: organization of D&B
        self.answers = {}  # path: what any other service says
        self.portfolios = {}  # id: {"name":, "companies": [ids]}
        self.events = defaultdict(list)  # portfolio id: notification events
        self.raw_reports = {}  # id: bytes that are sent instead of the report of Creditsafe
        self.fault_reports = set()  # ids whose report is a fault of the server
        self.faults = []  # ("status", 500, body, headers) | "slow" | "trickle" | "cut" | "garbage" | "huge" | …
        self.delay = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """A client that hangs up on a fault is what the tests want."""

    def count(self, part, method=None):
        """How many calls went to a path with ``part`` in it."""
        return sum(part in path and method in (None, way) for way, path, _query, _body in self.calls)

    def new_token(self):
        claims = {"exp": int(time.time() + self.token_life), "n": len(self.tokens)}
        parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
                 for part in ({"alg": "none"}, claims, "s")]
        token = ".".join(parts)
        self.tokens[token] = time.time() + self.token_life
        return token

    def add_company(self, key, name, vat=None, registration=None, rating="B", limit="12000", status="Active",
                    description=None, **summary):
        """A company at Creditsafe with its report."""
        self.companies[key] = {
            "id": key, "name": name, "country": key[:2], "regNo": registration, "vatNo": vat, "status": status}
        self.reports[key] = {
            "companySummary": {
                "businessName": name, "companyStatus": {"status": status, "description": description},
                "latestShareholdersEquityFigure": {"currency": "EUR", "value": 55000}, **summary},
            "creditScore": {"currentCreditRating": {
                "commonValue": rating, "commonDescription": "Low Risk" if rating in "AB" else "High Risk",
                "creditLimit": {"currency": "EUR", "value": limit},
                "providerValue": {"maxValue": "100", "minValue": "0", "value": "64"}}},
            "negativeInformation": {}}

    def add_organization(self, duns, name, registration, confidence=10, failure=2, limit=8000, status="Active",
                         **more):
        """An organization at D&B with its data blocks."""
        self.organizations[duns] = {
            "registration": registration, "confidence": confidence,
            "organization": {
                "duns": duns, "primaryName": name,
                "dunsControlStatus": {"operatingStatus": {"description": status, "dnbCode": 9074}},
                "dnbAssessment": {
                    "failureScore": {"classScore": failure, "scoreDate": "2026-02-01"},
                    "delinquencyScore": {}, "standardRating": {"rating": "2A2"},
                    "creditLimitRecommendation": {
                        "maximumRecommendedLimit": {"value": limit, "currency": "EUR"}}}, **more}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.answer()

    do_POST = do_DELETE = do_PATCH = do_GET

    # -- Sending -----------------------------------------------------------------------------------------------------

    def send(self, status, data=None, headers=(), raw=None):
        body = raw if raw is not None else b"" if data is None else json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def fault(self, kind):
        if isinstance(kind, tuple):
            _status, status, data, *headers = kind
            return self.send(status, data if not isinstance(data, bytes) else None, headers,
                             raw=data if isinstance(data, bytes) else None)
        if kind == "drop":
            self.close_connection = True
            return self.connection.close()
        if kind == "garbage":
            return self.send(200, raw=b"<html><b>Please log in</b>")
        if kind == "slow":
            time.sleep(2)
            return self.send(200, {})
        if kind == "slow head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(60):
                self.wfile.write(f"X-{number}: x\r\n".encode())
                self.wfile.flush()
                time.sleep(0.1)
            self.close_connection = True
            return None
        self.send_response(200)
        if kind == "cut":
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"report": {')
        elif kind == "trickle":
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _second in range(60):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        elif kind == "huge":
            self.send_header("Content-Length", str(64 * 1024 * 1024))
            self.end_headers()
            for _megabyte in range(64):
                self.wfile.write(b" " * 1024 * 1024)
        self.close_connection = True
        return None

    # -- Answering ---------------------------------------------------------------------------------------------------

    def answer(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.calls.append((self.command, url.path, query, raw.decode()))
        if self.server.faults:
            return self.fault(self.server.faults.pop(0))
        time.sleep(self.server.delay)
        path = url.path.strip("/").split("/")
        if path[-1] in ("authenticate", "token"):
            return self.log_in(path[-1], raw)
        if path[0] == "any":
            return self.any_service(url.path, raw)
        scheme, _space, token = (self.headers.get("Authorization") or "").partition(" ")
        if scheme != "Bearer" or self.server.tokens.get(token, 0) < time.time():
            if "data" in path or "match" in path:
                return self.send(401, {"error": {"errorMessage": "Token expired", "errorCode": "00040"}})
            return self.send(401, {"error": "Invalid token."})
        return getattr(self, f"answer_{path[1]}", self.not_found)(path[2:], query, raw)

    def not_found(self, *_args):
        return self.send(404, {"correlationId": "c-1", "message": "Not found"})

    def log_in(self, way, raw):
        if way == "authenticate":
            data = json.loads(raw)
            if (data.get("username"), data.get("password")) != (USER, PASSWORD):
                # some services repeat what was sent
                return self.send(401, {"message": "Access denied - Please check that your username and password are "
                                                  f"correct ({data.get('password')})"})
            return self.send(200, {"token": self.server.new_token()})
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {pair}":
            return self.send(401, {"error": {"errorMessage": "Invalid credentials", "errorCode": "00041"}})
        is_second = self.path.startswith("/v2/")
        grant = json.loads(raw) if is_second else {name: values[0] for name, values in parse_qs(raw.decode()).items()}
        if grant.get("grant_type") != "client_credentials":
            return self.send(400, {"error": {"errorMessage": "No grant", "errorCode": "00003"}})
        return self.send(200, {"access_token": self.server.new_token(), "token_type": "Bearer",
                               "expiresIn" if is_second else "expires_in": self.server.token_life})

    # -- Creditsafe --------------------------------------------------------------------------------------------------

    def answer_access(self, _path, _query, _raw):
        return self.send(200, {"countryAccess": {"creditsafeConnectOnlineReports": [
            {"countryIso2": "BE", "paid": 100, "used": 12}]}})

    def answer_companies(self, path, query, _raw):
        if path and path[0] in self.server.fault_reports:
            return self.send(500, {"message": "Out of order"})
        if path and path[0] in self.server.raw_reports:
            return self.send(200, raw=self.server.raw_reports[path[0]])
        if path:
            report = self.server.reports.get(path[0])
            return self.send(200, {"correlationId": "c-2", "companyId": path[0], "dateOfOrder": "2026-03-10T10:00:00Z",
                                   "report": report}) if report else self.not_found()
        if "countries" not in query or len({"vatNo", "regNo", "name"} & set(query)) != 1:
            return self.send(400, {"correlationId": "c-3", "message": "Bad request",
                                   "details": "Specified criteria combination is not allowed"})
        found = [company for company in self.server.companies.values()
                 if company["country"] == query["countries"]
                 and (company["vatNo"] and company["vatNo"] == query.get("vatNo")
                      or company["regNo"] and company["regNo"] == query.get("regNo"))]
        return self.send(200, {"correlationId": "c-4", "messages": [], "totalSize": len(found), "companies": found})

    def answer_monitoring(self, path, query, raw):
        portfolios = self.server.portfolios
        if path == ["portfolios"] and self.command == "GET":
            return self.send(200, {"totalCount": len(portfolios), "portfolios": [
                {"portfolioId": key, "name": portfolio["name"]} for key, portfolio in portfolios.items()]})
        if path == ["portfolios"]:
            key = len(portfolios) + 1
            portfolios[key] = {"name": json.loads(raw)["name"], "companies": []}
            return self.send(200, {"portfolioId": key, "name": portfolios[key]["name"], "isDefault": False})
        portfolio = portfolios.get(int(path[1]))
        if not portfolio:
            return self.not_found()
        if path[2] == "notificationEvents":
            page, size = int(query["page"]), 2  # the service's own size of a page, whatever is asked for
            events = [event for event in self.server.events[int(path[1])] if event["eventDate"] >= query["startDate"]]
            return self.send(200, {"totalCount": len(events), "data": events[page * size:(page + 1) * size],
                                   "paging": {"size": size}})
        if self.command == "DELETE":
            portfolio["companies"].remove(path[3])
            return self.send(200, {"message": "Company Removed"})
        data = json.loads(raw)
        if not {"id", "personalReference", "freeText", "personalLimit"} <= set(data):
            return self.send(400, {"message": "Bad request"})
        if data["id"] not in self.server.companies:
            return self.not_found()
        if data["id"] in portfolio["companies"]:
            return self.send(409, {"correlationId": "c-5", "message": "Company already in portfolio"})
        portfolio["companies"].append(data["id"])
        return self.send(200, {"message": "Company Added"})

    # -- D&B ---------------------------------------------------------------------------------------------------------

    def answer_match(self, _path, query, _raw):
        found = [(duns, each) for duns, each in self.server.organizations.items()
                 if each["registration"] == query.get("registrationNumber")]
        if not found:
            return self.send(404, {"error": {"errorMessage": "No match", "errorCode": "20505"}})
        return self.send(200, {"candidatesMatchedQuantity": len(found), "matchCandidates": [
            {"displaySequence": rank, "matchQualityInformation": {"confidenceCode": each["confidence"]},
             "organization": {"duns": duns, "primaryName": each["organization"]["primaryName"]}}
            for rank, (duns, each) in enumerate(found, 1)]})

    def answer_data(self, path, query, _raw):
        each = self.server.organizations.get(path[1])
        if not each or not query.get("blockIDs"):
            return self.send(404, {"error": {"errorMessage": "DUNS not found", "errorCode": "10500"}})
        return self.send(200, {"inquiryDetail": {"duns": path[1]}, "organization": each["organization"]})

    # -- Any other ---------------------------------------------------------------------------------------------------

    def any_service(self, path, raw):
        way = path.split("/")[2]
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        wanted = {"basic": ("Authorization", f"Basic {pair}"), "header": ("X-Own-Key", KEY)}.get(way)
        if wanted and self.headers.get(wanted[0]) != wanted[1]:
            return self.send(403, {"title": "Forbidden", "detail": "wrong key"})
        if way == "oauth2":
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            if self.server.tokens.get(token, 0) < time.time():
                return self.send(401, {"error": "invalid_token"})
        answer = self.server.answers.get(path)
        if callable(answer):
            answer = answer(raw.decode())
        return self.send(200, answer) if answer is not None else self.not_found()
