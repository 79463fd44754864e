"""A visitor who walks through the running demo over HTTP, as a browser without JavaScript would."""

import hashlib
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from urllib.response import addinfourl

from kit.forms import QUESTION_FIRST

PATIENCE_SECONDS = 120
FACILITATOR = re.compile(r'action="(/demo/[^"]+)" data-roles="(?:[^"]* )?facilitator[ "]')
FIELD = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|form_key|asked)" value="([^"]+)"')


class Astray(Exception):
    """A page did not answer as it should; the message says which one and what was expected."""


class Visitor:
    """Keeps cookies and hidden fields, follows redirects."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.text, self.address = "", ""

    def get(self, path: str) -> bytes:
        """Open a page and return its body."""
        return self._open(path)

    def send(self, path: str, **fields: str) -> bytes:
        """Send the form of the open page, with its hidden fields, and return the page that follows.

        What a form asks about once is meant: months that were reported on before get another edition.
        """
        try:
            return self._open(path, self._form(fields))
        except Astray:
            if QUESTION_FIRST not in self.text:
                raise
            return self._open(path, self._form(fields))

    def _form(self, fields: dict[str, str]) -> bytes:
        return urllib.parse.urlencode({**dict(FIELD.findall(self.text)), **fields}).encode()

    def _open(self, path: str, body: bytes | None = None) -> bytes:
        address, headers = urllib.parse.urljoin(self.base_url, path), {"Referer": self.address}
        request = urllib.request.Request(address, body, headers)  # noqa: S310 - our own server
        try:
            answer: addinfourl = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            self.text = error.read().decode(errors="replace")
            raise Astray(f"{address} answered {error.code}.") from error
        body = answer.read()
        self.address, self.text = answer.geturl(), body.decode(errors="replace")
        return body


def makes_a_report(base_url: str) -> bytes:
    """Sign in as the demo's facilitator, ask for a report, wait for the worker, and return the checked PDF.

    Raises:
        Astray: a step went wrong.
    """
    visitor = Visitor(base_url)
    visitor.get("/demo/")
    form = FACILITATOR.search(visitor.text)
    if form is None:
        raise Astray("The demo page offers no facilitator.")
    visitor.send(form.group(1))
    site = re.search(r"/s/([a-z0-9-]+)/", visitor.address + visitor.text)
    if site is None:
        raise Astray("The facilitator was not shown a place after signing in.")
    visitor.get(f"/s/{site.group(1)}/reports/new/")
    period = re.search(r'name="period" value="([^"]+)"', visitor.text)
    visitor.send(f"/s/{site.group(1)}/reports/new/", period=period.group(1) if period else "")
    return _checked(visitor, _wait_for_pdf(visitor))


def _wait_for_pdf(visitor: Visitor) -> str:
    page, give_up = visitor.address, time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        visitor.get(page)
        if link := re.search(r'href="([^"]+/pdf/)"', visitor.text):
            return link.group(1)
        if "There is no PDF" in visitor.text or "could not be made" in visitor.text:
            raise Astray("The report was made without a PDF, or making it stopped.")
        time.sleep(1)
    raise Astray(f"The worker did not make the report within {PATIENCE_SECONDS} seconds.")


def _checked(visitor: Visitor, link: str) -> bytes:
    told = re.search(r'data-sha256="([0-9a-f]{64})"', visitor.text)
    document = visitor.get(link)
    if not document.startswith(b"%PDF-") or b"%%EOF" not in document[-64:]:
        raise Astray("What came back is not a whole PDF.")
    if told is None or hashlib.sha256(document).hexdigest() != told.group(1):
        raise Astray("The PDF is not the one that the report page names.")
    return document
