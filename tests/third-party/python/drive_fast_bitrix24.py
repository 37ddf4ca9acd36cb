"""fast-bitrix24: lists in parallel batches, single and mass writes, links, a renewed token, a full bucket."""

import asyncio
import warnings

import aiohttp
from fast_bitrix24 import Bitrix, BitrixAsync

from sandbox import control, credentials, tell, url

warnings.filterwarnings("ignore")

portal = Bitrix(credentials["webhook_url"], verbose=False)
deals = portal.get_all("crm.deal.list", {"select": ["ID", "TITLE", "STAGE_ID"]})
contacts = portal.get_all("crm.contact.list", {"select": ["ID", "NAME", "PHONE"]})
items = portal.get_all("crm.item.list", {"entityTypeId": 2, "select": ["id", "title"]})
by_id = portal.get_by_ID("crm.deal.get", [deal["ID"] for deal in deals[:70]])

leads = portal.call(
    "crm.lead.add",
    [{"fields": {"TITLE": f"Fast {n}", "PHONE": [{"VALUE": f"+4850{n:07}", "VALUE_TYPE": "WORK"}]}} for n in range(60)],
)
# The client gives the answers of several batches as they arrive, so which lead is which is known by its id alone.
portal.call("crm.lead.update", [{"ID": lead, "fields": {"TITLE": f"Faster {lead}"}} for lead in leads[:20]])
read_back = portal.get_by_ID("crm.lead.get", leads[:25])
portal.call("crm.lead.delete", [{"ID": lead} for lead in leads[50:]])
deal, contact = deals[0]["ID"], contacts[0]["ID"]
portal.call("crm.deal.contact.add", {"id": deal, "fields": {"CONTACT_ID": contact}})
linked = portal.call("crm.deal.contact.items.get", {"id": deal}, raw=True)["result"]

refreshes = 0
refresh_token = credentials["refresh_token"]


async def renewed():
    """What an application gives the client: it is asked at the start and whenever the portal refuses a token."""
    global refreshes, refresh_token
    question = {
        "grant_type": "refresh_token",
        "client_id": credentials["client_id"],
        "client_secret": credentials["client_secret"],
        "refresh_token": refresh_token,
    }
    async with aiohttp.ClientSession() as session, session.get(credentials["token_url"], params=question) as answer:
        tokens = await answer.json()
    refreshes += 1
    refresh_token = tokens["refresh_token"]
    return tokens["access_token"]


async def as_application():
    application = BitrixAsync(url + "/rest/", token_func=renewed, verbose=False)
    before = await application.call("user.current", raw=True)
    control("oauth", {"revoke": "access"})
    after = await application.call("user.current", raw=True)
    return [before["result"]["ID"], after["result"]["ID"]]


async def into_a_full_bucket():
    """The client holds its own bucket of 50; with a larger one it meets the portal's (empty after a minute), and waits."""
    control("clock", {"advance": "60s"})
    control("settings", {"bucket_size": 17, "bucket_drain": 20})
    eager = BitrixAsync(credentials["webhook_url"], verbose=False, request_pool_size=500)
    ids = [deal["ID"] for deal in deals[:20]]
    answers = await asyncio.gather(*[eager.call("crm.deal.get", {"ID": number}, raw=True) for number in ids])
    return [answer["result"]["ID"] for answer in answers] == ids


people = asyncio.run(as_application())
survived = asyncio.run(into_a_full_bucket())

tell(
    deals=sorted({int(deal["ID"]) for deal in deals}),
    deal_rows=len(deals),
    contacts=len({contact["ID"] for contact in contacts}),
    phones=sum(len(contact.get("PHONE", [])) for contact in contacts),
    items=len({item["id"] for item in items}),
    by_id=len(by_id),
    leads=leads,
    titles=[read_back[str(lead)]["TITLE"] for lead in leads[:25]],
    link=[int(deal), int(contact)],
    linked=[int(link["CONTACT_ID"]) for link in linked],
    people=people,
    refreshes=refreshes,
    survived=survived,
)
