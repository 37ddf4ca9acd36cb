"""amocrm-api-wrapper: a token renewed after a refusal, pages, writes, links, notes, tasks, fields, webhooks, a limit."""

import time

import httpx
from amocrm_api import AmoOAuthClient

from sandbox import control, credentials, tell, url


class Session(httpx.Client):
    """The package hands `json` to every method of its HTTP library, which takes it with some of them alone."""

    def get(self, address, *, json=None, **rest):
        return self.request("GET", address, **rest)

    def delete(self, address, *, json=None, **rest):
        return self.request("DELETE", address, json=json, **rest)


class Client(AmoOAuthClient):
    retry_sleep_429 = 0.5

    def _init_session(self, params=None):
        session = Session(timeout=self.timeout)
        session.headers.update(self._auth_headers() | (params or {}))
        return session


stored = []
amo = Client(
    credentials["access_token"],
    credentials["refresh_token"],
    url,
    credentials["client_id"],
    credentials["client_secret"],
    credentials["redirect_uri"],
    token_store=lambda *pair: stored.append(pair),
)
control("oauth", {"revoke": "access"})
subdomain = amo.get_account_info(with_users_groups=True)["subdomain"]

leads = [lead["id"] for lead in amo.iter_leads(limit=50)]
made = [lead["id"] for lead in amo.create_leads([{"name": f"W {n}", "price": n} for n in range(5)])["_embedded"]["leads"]]
amo.update_leads([{"id": made[0], "price": 555, "_embedded": {"tags": [{"name": "wrapped"}]}}])
read_back = amo.get_lead(made[0])
contact = amo.get_contacts(limit=1)["_embedded"]["contacts"][0]["id"]
amo.link_leads_entity(made[0], [{"to_entity_id": contact, "to_entity_type": "contacts"}])
links = [link["to_entity_id"] for link in amo.get_leads_links(made[0])["_embedded"]["links"]]
amo.unlink_leads_entity(made[0], [{"to_entity_id": contact, "to_entity_type": "contacts"}])
left = amo.get_leads_links(made[0])["_embedded"]["links"]

order = {"text": "Call", "complete_till": int(time.time()) + 99, "entity_id": made[0], "entity_type": "leads"}
task = amo.add_tasks([order])["_embedded"]["tasks"][0]["id"]
amo.execution_task(task, True, "done")
amo.add_tags_for_entity_type("leads", [{"name": "another"}])
tags = [tag["name"] for tag in amo.get_tags_by_entity_type("leads")["_embedded"]["tags"]]
field = amo.create_leads_custom_fields([{"name": "Made here", "type": "text"}])["_embedded"]["custom_fields"][0]["id"]
amo.delete_leads_custom_field(field)
fields = [field["id"] for field in amo.get_leads_custom_fields(limit=250)["_embedded"]["custom_fields"]]
amo.subscribe_webhook("http://127.0.0.1:9/hook", ["add_lead"])
hooks = len(amo.get_webhooks(destination="http://127.0.0.1:9/hook")["_embedded"]["webhooks"])
amo.unsubscribe_webhook("http://127.0.0.1:9/hook")
events = {event["type"] for event in amo.get_events(limit=50)["_embedded"]["events"]}

control("settings", {"rate": {"requests": 7, "perSeconds": 1}})
answers = sum(1 for _ in range(20) if amo.get_lead(made[0])["id"] == made[0])

tell(
    subdomain=subdomain,
    renewed=len(stored),
    leads=sorted(leads),
    made=made,
    price=read_back["price"],
    links=links,
    contact=contact,
    left=len(left),
    task=task,
    tags=sorted(set(tags) & {"wrapped", "another"}),
    field_is_gone=field not in fields,
    hooks=hooks,
    knows_the_new_leads="lead_added" in events,
    answers=answers,
)
