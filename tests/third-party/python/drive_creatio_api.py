"""creatio-api-py: a session kept in a file and lost, pages, one record from its beginning to its end, a file, refusals."""

import json
import os
import pathlib

from cryptography.fernet import Fernet
from requests import HTTPError

from sandbox import control, credentials, tell, url

os.environ["SESSIONS_ENCRYPTION_KEY"] = Fernet.generate_key().decode()

from creatio_api_py.api import CreatioODataAPI  # noqa: E402


def sign_in():
    api = CreatioODataAPI(base_url=url + "/")
    api.authenticate(credentials["username"], credentials["password"])
    return api


def pages(api, collection, size, **question):
    rows = []
    while True:
        answer = api.get_collection_data(collection, top=size, skip=len(rows), order_by="Id", count=True, **question).json()
        rows += answer["value"]
        if len(answer["value"]) < size:
            return rows, answer["@odata.count"]


def refusal(ask):
    try:
        ask()
    except (HTTPError, ValueError) as problem:
        response = getattr(problem, "response", None)
        return str(problem) if response is None else response.status_code
    return None


api = sign_in()
again = sign_in()
logins_with_file = control("sessions")["logins"]
control("sessions", {})
after_loss = sign_in()
logins_after_loss = control("sessions")["logins"]

api = after_loss
contacts, counted = pages(api, "Contact", 40, select=["Id", "Name"])
deals, _ = pages(api, "Opportunity", 50, expand="Account", filter="Probability ge 0")
control("settings", {"max_entity_row_count": 25})
cut = len(api.get_collection_data("Contact").json()["value"])

made = api.add_collection_data("Contact", {"Name": "Client Made", "Email": "made@client.example"}).json()["Id"]
# The client sends a dictionary as a form, which the vendor refuses; a text goes as it is.
as_form = refusal(lambda: api.modify_collection_data("Contact", made, {"JobTitle": "x"}))
api.modify_collection_data("Contact", made, json.dumps({"JobTitle": "Head", "AccountId": deals[0]["AccountId"]}))
read_back = api.get_collection_data("Contact", record_id=made, select=["Name", "JobTitle", "AccountId"]).json()
email = api.get_collection_data("Contact", record_id=made, value="Email").text

pathlib.Path("hello.txt").write_text("hello file")
api.upload_file("ContactFile", made, "hello.txt")
[stored] = api.get_collection_data("ContactFile", filter=f"Contact/Id eq {made}").json()["value"]
os.makedirs("down")
api.download_file("ContactFile", stored["Id"], "down")

gone = api.add_collection_data("Contact", {"Name": "Soon Gone"}).json()["Id"]
api.delete_collection_data("Contact", gone)

tell(
    logins=[logins_with_file, logins_after_loss],
    contacts=sorted(row["Id"] for row in contacts),
    counted=counted,
    deals=len({row["Id"] for row in deals}),
    accounts=sum(1 for row in deals if (row.get("Account") or {}).get("Name")),
    cut=cut,
    made=made,
    gone=gone,
    as_form=as_form,
    read_back=[read_back["Name"], read_back["JobTitle"], read_back["AccountId"]],
    account=deals[0]["AccountId"],
    email=email,
    file=pathlib.Path("down/hello.txt").read_text(),
    missing=refusal(lambda: api.get_collection_data("Contact", record_id=gone)),
    wrong_password=refusal(lambda: CreatioODataAPI(base_url=url + "/").authenticate("nobody", "wrong")),
)
