"""python-odata: classes made from $metadata, queries, a record from its beginning to its end."""

import requests
from odata import ODataService

from sandbox import credentials, tell, url

session = requests.Session()
login = {"UserName": credentials["username"], "UserPassword": credentials["password"]}
session.post(url + "/ServiceModel/AuthService.svc/Login", json=login)
session.headers["BPMCSRF"] = session.cookies["BPMCSRF"]

service = ODataService(url + "/0/odata/", session=session, reflect_entities=True, quiet_progress=True)
Contact, Way, City = (service.entities[name] for name in ("Contact", "ContactCommunication", "City"))

contacts = list(service.query(Contact).order_by(Contact.Id.asc()))
page = service.query(Contact).order_by(Contact.Name.asc()).limit(7).offset(7)
filtered = service.query(Contact).filter(Contact.Name.contains("a")).order_by(Contact.ModifiedOn.desc())
ways = list(service.query(Way).expand(Way.Contact).limit(20))

city = City()
city.Name = "Łódź II"
service.save(city)
created = str(city.Id)
city.Name = "Łódź III"
service.save(city)
changed = service.query(City).get(city.Id).Name
gone = City()
gone.Name = "Soon Gone"
service.save(gone)
gone_id = str(gone.Id)
service.delete(gone)

tell(
    entities=len(service.entities),
    contacts=sorted(str(contact.Id) for contact in contacts),
    page=[contact.Name for contact in page],
    filtered=sorted(str(contact.Id) for contact in filtered),
    owners=[way.Contact.Name for way in ways],
    created=created,
    changed=changed,
    gone=gone_id,
)
