"""A browser without a window: follows addresses, fills in forms, presses their buttons, keeps cookies.

Usage: browser.py, with JSON on standard input:
    url      where to begin
    forms    for each form in turn what is typed into which field, and the button where there are several
    stop_at  ends at an address that begins with this one instead of opening it, where given
Prints JSON: the last address, the status of its page (none where it stopped), its text, and the texts of the pages
whose forms were filled in.
"""

import html
import html.parser
import json
import re
import sys
from urllib.parse import urljoin

import requests

MOST_STEPS = 20


class Page(html.parser.HTMLParser):
    """The first form, with the values that the page gives its fields."""

    def __init__(self, text):
        super().__init__()
        self.action = self.method = None
        self.fields, self.buttons = {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form" and self.action is None:
            self.action, self.method = attributes.get("action") or "", (attributes.get("method") or "get").upper()
        elif tag == "input" and self.action is not None and attributes.get("name"):
            self.fields[attributes["name"]] = attributes.get("value") or ""
        elif tag == "button" and self.action is not None and attributes.get("name"):
            self.buttons.append((attributes["name"], attributes.get("value") or ""))

    def filled(self, typed):
        """What the browser sends. Nothing can be typed that the page has no place for."""
        places = set(self.fields) | {name for name, value in self.buttons if typed.get(name) == value}
        assert set(typed) <= places, f"no {set(typed) - places} among {places} and {self.buttons}"
        return self.fields | typed


def visible(text):
    """The text of a page without its markup."""
    text = re.sub(r"<(style|script|title).*?</\1>", " ", text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def browse(url, forms, stop_at=None):
    """From the first address to the last page."""
    session, forms, pages = requests.Session(), list(forms), []
    session.trust_env = False
    request = requests.Request("GET", url)
    for _ in range(MOST_STEPS):
        if stop_at and request.url.startswith(stop_at):
            return {"url": request.url, "status": None, "text": "", "pages": pages}
        answer = session.send(session.prepare_request(request), allow_redirects=False, timeout=30)
        if answer.is_redirect:
            request = requests.Request("GET", urljoin(request.url, answer.headers["location"]))
            continue
        page, text = Page(answer.text), visible(answer.text)
        if page.action is None or not forms:
            return {"url": request.url, "status": answer.status_code, "text": text, "pages": pages}
        pages.append(text)
        place = "data" if page.method == "POST" else "params"
        sent = {place: page.filled(forms.pop(0))}
        request = requests.Request(page.method, urljoin(request.url, page.action), **sent)
    raise AssertionError(f"still not there: {request.url}")


print(json.dumps(browse(**json.load(sys.stdin))))
