"""A real HTTP server on loopback that speaks Companyweb's SOAP as the recordings of companyweb_base show it.

Description of the service (WSDL) and answers are read from the recordings that come with that addon; log-in and hash
are checked, answers changed and faults made on demand.
"""

import threading
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import yaml
from lxml import etree

from odoo import fields
from odoo.tools import file_path

from odoo.addons.companyweb_base.cweb_const import SERVICE_INTEGRATOR_SECRET

LOGIN, PASSWORD = "tester", "very-s3cret"
ADDRESS = "https://connect.companyweb.be/V2.0/alacarteservice.asmx"
NAMESPACE = "{ALaCarte}"
#: Operation: the recording with its answer.
RECORDINGS = {
    "GetCompanyByVat": "test_cweb_button_vat",
    "GetCompanyByRegistrationNumber": "test_cweb_button_registry",
    "Alerts_AddListOfCompanies": "test_cweb_push",
    "Alerts_FetchBulk": "test_cweb_cron",
}
REFUSAL = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<{operation}Response xmlns="ALaCarte"><{operation}Result><StatusCode>{code}</StatusCode>
<StatusMessage>{words}</StatusMessage></{operation}Result></{operation}Response></s:Body></s:Envelope>"""
FAULT = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<faultcode>s:Client</faultcode><faultstring>Not understood</faultstring></s:Fault></s:Body></s:Envelope>"""


def recorded(name, operation=None):
    """The body of an answer in a recording: the service's description, or what an operation gave."""
    path = file_path(f"companyweb_base/tests/cassettes/TestApiCweb.{name}.yaml")
    with open(path, encoding="utf-8") as stream:
        interactions = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["interactions"]
    for interaction in interactions:
        action = (interaction["request"]["headers"].get("SOAPAction") or [""])[0]
        if (operation and f"/{operation}" in action) or (not operation and interaction["request"]["method"] == "GET"):
            return interaction["response"]["body"]["string"]
    raise LookupError(f"{name}: no answer of {operation or 'the description'} is recorded")


class CompanywebServer(ThreadingHTTPServer):
    """``with CompanywebServer() as server: server.url`` …"""

    daemon_threads = True
    description = None
    answers = {}

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        if not self.description:
            CompanywebServer.description = recorded(RECORDINGS["GetCompanyByVat"])
            CompanywebServer.answers = {operation: recorded(name, operation) for operation, name in RECORDINGS.items()}
        self.company = etree.fromstring(self.answers["GetCompanyByVat"])
        self.calls = []  # (operation, {name of an element: text}) of each call
        self.fault = None  # "unknown" | "fault" | "error" | "page" | "garbage" | "empty"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/V2.0/alacarteservice.asmx"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *args):
        self.shutdown()
        self.server_close()

    def operations(self):
        return [operation for operation, _request in self.calls]

    def change(self, path, *texts):
        """Write the values below an element of the company's answer: ``change("Score/ScoreAsInt", 12)``.

        Several texts, or none, replace the list of ``string`` elements there.
        """
        steps = path.split("/")
        element = self.company.find(f".//{NAMESPACE}CompanyResponse/{NAMESPACE}{steps[0]}/{NAMESPACE}Value")
        for step in steps[1:]:
            element = element.find(f"{NAMESPACE}{step}")
        if steps[-1] == "Warnings":
            for child in list(element):
                element.remove(child)
            for text in texts:
                etree.SubElement(element, f"{NAMESPACE}string").text = text
        else:
            element.text = str(texts[0])

    def disable(self, name):
        """As when the subscription does not cover it."""
        part = self.company.find(f".//{NAMESPACE}CompanyResponse/{NAMESPACE}{name}")
        part.find(f"{NAMESPACE}IsEnabled").text = "false"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.send(200, self.server.description.replace(ADDRESS, self.server.url))

    def do_POST(self):
        body = etree.fromstring(self.rfile.read(int(self.headers["Content-Length"])))
        request = {etree.QName(element).localname: element.text for element in body.iter()
                   if isinstance(element.tag, str) and not len(element)}
        operation = self.headers["SOAPAction"].strip('"').rpartition("/")[2]
        self.server.calls.append((operation, request))
        fault = self.server.fault
        if fault == "error":
            self.send(503, "Service Unavailable <br>")
        elif fault == "page":
            self.send(500, "<html>Server Error</html>")
        elif fault == "fault":
            self.send(500, FAULT)
        elif fault == "garbage":
            self.send(200, "<html><b>Please log in")
        elif not self.knows(request):
            self.refuse(operation, 101, f"Login {request.get('Login')} or password wrong")
        elif fault == "unknown":
            self.refuse(operation, 306, "The VAT number is not valid")
        elif fault == "empty":
            self.refuse(operation, 0, "Success")
        elif operation == "GetCompanyByVat":
            self.send(200, etree.tostring(self.server.company).decode())
        else:
            self.send(200, self.server.answers[operation])

    def knows(self, request):
        day = fields.Date.today().strftime("%Y%m%d")
        login_hash = sha1((day + LOGIN + PASSWORD + SERVICE_INTEGRATOR_SECRET).lower().encode()).hexdigest()
        return (request.get("Login"), request.get("Password"), request.get("LoginHash")) == (
            LOGIN, PASSWORD, login_hash)

    def refuse(self, operation, code, words):
        self.send(200, REFUSAL.format(operation=operation, code=code, words=words))

    def send(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
