"""What every driver needs beside its client: what it was given, the sandbox's control routes, and the line it ends with."""

import json
import urllib.parse
import urllib.request

with open("given.json", encoding="utf-8") as file:
    given = json.load(file)
credentials = given["credentials"]
url = given["url"]


def control(route, order=None):
    """Asks a control route; with an order it is posted. Plays the people and robots at the vendor."""
    data = None if order is None else json.dumps(order).encode()
    with urllib.request.urlopen(f"{given['control']}/{route}", data) as answer:
        return json.load(answer)


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def consent_code(address, form):
    """Plays the person in the browser: agrees on the vendor's page and gives the code of the redirect."""
    opener = urllib.request.build_opener(_StayHere)
    try:
        opener.open(address, urllib.parse.urlencode(form).encode())
    except urllib.error.HTTPError as answer:
        sent_to = urllib.parse.urlparse(answer.headers["location"])
        return urllib.parse.parse_qs(sent_to.query)["code"][0]
    raise RuntimeError("the consent page did not send its visitor back")


def tell(**seen):
    """The one line that the test reads."""
    print(json.dumps({"seen": seen}), flush=True)
