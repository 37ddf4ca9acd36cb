"""sl-creatio-connector: forms sign-in and OData below both prefixes; the given name of the service tells which."""

from sl_creatio_connector.constants import ODATA_version
from sl_creatio_connector.creatio import Creatio

from sandbox import control, credentials, tell, url

is_core = control("settings")["runtime"] == "core"
version = ODATA_version.v4core if is_core else ODATA_version.v4


def wrong_password():
    try:
        Creatio(url, "nobody", "wrong", version)
    except Exception as problem:
        return str(problem) != ""
    return False


site = Creatio(url, credentials["username"], credentials["password"], version)
contacts = site.get_object_collection("Contact", ["select=Id,Name"])
city = site.create_object("City", {"Name": "Burbank"})
found = site.get_object_collection("City", ["filter=Name eq 'Burbank'"])
gone = site.create_object("City", {"Name": "Soon Gone"})
deleted = site.delete_object("City", gone["Id"]).status_code
[way] = site.get_object_collection("ContactCommunication", ["filter=contains(Number,'@')&$top=1"])
owner = site.get_creatio_contact_id(way["CommunicationTypeId"], way["Number"])
person = site.create_object("Contact", {"Name": "By The Connector", "AccountId": "not-a-guid"})

tell(
    contacts=sorted(row["Id"] for row in contacts),
    city=city["Id"],
    found=[row["Id"] for row in found],
    by_id=site.get_object_by_id("City", city["Id"])["Name"],
    gone=gone["Id"],
    deleted=deleted,
    owner=owner,
    way=way["ContactId"],
    refused="error" in person,
    wrong_password=wrong_password(),
)
