"""aioamocrm: consent, a token that renews itself, pages, writes, links, tags, tasks, refusals, a limit waited out."""

import asyncio
import time

from aioamocrm import (
    AmoCRMClient,
    Company,
    Contact,
    Embedded,
    Lead,
    LongLivedToken,
    Note,
    NotFoundError,
    OAuth2,
    RateLimiter,
    RetryPolicy,
    Tag,
    Task,
    ValidationError,
)

from sandbox import consent_code, control, credentials, tell, url

registered = {name: credentials[name] for name in ("client_id", "client_secret", "redirect_uri")}


async def sign_in(pace):
    """From the code to tokens, and over a token that the account no longer knows."""
    async with AmoCRMClient(base_url=url, auth=OAuth2(**registered), rate_limit=pace) as amo:
        form = {"client_id": credentials["client_id"], "state": "s", "decision": "approve"}
        await amo.exchange_code(consent_code(credentials["authorize_url"], form))
        subdomain = (await amo.account.get()).subdomain
        control("oauth", {"revoke": "access"})
        return [subdomain, (await amo.account.get()).subdomain]


async def work(amo):
    leads = [lead.id async for lead in amo.leads.iterate(limit=50, order={"id": "asc"}, with_=["contacts"])]
    contacts = [contact.id async for contact in amo.contacts.iterate(limit=100)]
    made = await amo.leads.create(
        [Lead(name=f"Order {n}", price=n, embedded=Embedded(tags=[Tag(name="site")])) for n in range(60)]
    )
    await amo.leads.update([Lead(id=made[0].id, price=777), Lead(id=made[1].id, name="Renamed")])
    person = Contact(name="Ivan Petrov")
    person.set_field("PHONE", "+79123456789", enum_code="WORK")
    [whole] = await amo.leads.create_complex(
        [Lead(name="Complex", price=1, embedded=Embedded(contacts=[person], companies=[Company(name="Romashka")]))]
    )
    found = [contact.id async for contact in amo.contacts.iterate(query="9123456789")]
    got = await amo.contacts.get(whole.contact_id, with_=["leads"])
    await amo.leads.link(made[0].id, "contacts", whole.contact_id)
    await amo.leads.link(made[1].id, "contacts", whole.contact_id)
    await amo.leads.unlink(made[1].id, "contacts", whole.contact_id)
    [task] = await amo.tasks.create(
        [Task(text="Call", complete_till=int(time.time()) + 99, entity_id=made[0].id, entity_type="leads")]
    )
    await amo.tasks.complete(task.id, result="done")
    await amo.leads.notes.create([Note(entity_id=made[0].id, note_type="common", params={"text": "hello"})])
    lead = await amo.leads.get(made[0].id)
    return {
        "leads": leads,
        "contacts": len(set(contacts)),
        "made": [ref.id for ref in made],
        "price": lead.price,
        "tags": [tag.name for tag in lead.embedded.tags],
        "whole": [whole.id, whole.contact_id, whole.company_id],
        "found": found,
        "phone": got.field_value("PHONE"),
        "links": [[link.to_entity_type, link.to_entity_id] for link in await amo.leads.links(made[0].id)],
        "unlinked": [link.to_entity_id for link in await amo.leads.links(made[1].id)],
        "task": task.id,
        "refusals": await refusals(amo),
    }


async def refusals(amo):
    told = []
    try:
        await amo.leads.create([Lead(name="x", status_id=1)])
    except ValidationError as problem:
        told.append([problem.status_code, problem.errors[0].path])
    try:
        await amo.leads.get(1)
    except NotFoundError as problem:
        told.append([problem.status_code])
    return told


async def main():
    # The client repeats no refused write, so the account's limit is high until the end, where only reads meet it.
    pace = RateLimiter(40)
    subdomains = await sign_in(pace)
    long_lived = LongLivedToken(credentials["token"])
    async with AmoCRMClient(base_url=url, auth=long_lived, rate_limit=pace) as amo:
        seen = await work(amo)
    control("settings", {"rate": {"requests": 7, "perSeconds": 1}})
    # Without its own pace the client runs into the limit, and waits as its policy says.
    patient = RetryPolicy(max_attempts=8, backoff_base=0.6, backoff_max=2.0)
    async with AmoCRMClient(base_url=url, auth=long_lived, rate_limit=None, retry=patient) as amo:
        accounts = await asyncio.gather(*[amo.account.get() for _ in range(12)])
    tell(subdomains=subdomains, accounts=len(accounts), **seen)


asyncio.run(main())
