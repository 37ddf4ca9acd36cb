import { addAccount } from '../../store/accounts.js';
import type { ApiAnswer } from '../support/api.js';
import { signInPerson, type TestPerson } from '../support/people.js';
import { until } from '../support/until.js';
import type { Bed, Language } from './bed.js';

/** An account in which something of every kind stands: pages look as they do in use. */
export interface Scene {
  readonly accountId: string;
  readonly owner: TestPerson;
  readonly operator: TestPerson;
  /** Example parts of addresses, by their names in the routes: `/runs/$id` finds its id under `runs`. */
  readonly ids: Readonly<Record<string, string>>;
  /** The address of a visitor's conversation. */
  readonly conversation: string;
}

const moving = `# Customers move once; what is refused can be mended and resent.
pipeline: customers
title: Customers to the new CRM
connections:
  crm: { connector: http }
  copy: { connector: http }
flows:
  companies:
    from: { stream: crm.companies, read: full }
    map:
      name: name
      tax_id: tax_id
      email: email
    to: { stream: copy.companies, write: upsert }
  contacts:
    from: { stream: crm.contacts, read: full }
    map:
      name: name
      email: email
      phone: { from: phone, default: null }
      company_id: { ref: companies, by: company_id } # keeps the relation
    to: { stream: copy.contacts, write: upsert }
  deals:
    from: { stream: crm.deals, read: full }
    map:
      name: name
      amount: amount
      currency: currency
      stage: { from: stage, values: stages }
      contact_id: { ref: contacts, by: contact_id, missing: null }
    to: { stream: copy.deals, write: upsert }
values:
  stages:
    new: new
    qualified: qualified
    proposal: proposal
    negotiation: proposal # the new CRM has no stage of its own for this
    won: won
    lost: lost
`;

const following = `pipeline: contacts-in-step
title: Contacts in step
connections:
  crm: { connector: http }
  copy: { connector: http }
trigger: { every: 1h }
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: upsert }
`;

/** Needs a bed with practice CRMs and a worker. Names are the same each time, moments and ids are not. */
export async function makeScene(bed: Bed, mark: string, language: Language = 'en'): Promise<Scene> {
  const { api } = bed;
  const accountId = await newAccount(bed, 'Nowak Workshop');
  const partnerAccount = await newAccount(bed, 'Harbour Partners');
  const owner = await signInPerson(api, {
    email: `anna.${mark}@workshop.example`,
    member: { [accountId]: 'owner' },
    language,
  });
  const colleague = await signInPerson(api, {
    email: `jan.${mark}@workshop.example`,
    member: { [accountId]: 'editor' },
  });
  const partner = await signInPerson(api, {
    email: `olena.${mark}@partners.example`,
    member: { [partnerAccount]: 'owner' },
  });
  const operator = await signInPerson(api, {
    email: `operator.${mark}@example.test`,
    member: {},
    staff: 'operator',
    language,
  });
  const must = mustOf(owner);
  const mustOperate = mustOf(operator);
  await must('PATCH', '/me', { name: 'Anna Nowak' });
  await mustOf(colleague)('PATCH', '/me', { name: 'Jan Kowalski' });
  await mustOperate('PATCH', '/me', { name: 'Piotr Zieliński' });

  for (const offer of (await must('GET', '/sandboxes')).items) await must('POST', '/connections', offer);
  const connections = await must('GET', '/connections');
  const customers = await must('POST', '/pipelines', { definition: moving });
  await must('POST', '/pipelines', { definition: following });
  await must('PUT', '/pipelines/orders/draft', { definition: 'pipeline: orders\ntitle: Orders of the shop\n' });
  const run = await must('POST', '/runs', { pipeline: 'customers' });
  await ended(must, run.id);
  const preview = await must('POST', '/previews', { pipeline: 'contacts-in-step' });
  await until(async () => (await must('GET', `/previews/${preview.id}`)).state !== 'running', 60_000);
  const letters = await must('GET', '/dead-letters?limit=1');

  await must('POST', '/keys', { name: 'warehouse robot', scopes: ['run'] });
  await must('POST', '/webhook-endpoints', { url: 'https://127.0.0.1:9/events', kinds: ['run.failed'] });
  await must('POST', '/connect-links', { connector: 'bitrix24', name: 'head-office' });
  await must('POST', '/support-links');
  await must('POST', '/invitations', { email: 'guest@workshop.example', role: 'viewer' });
  const request = await must('POST', '/requests', {
    kind: 'feature',
    subject: 'Orders from our shop',
    text: 'Can you move orders from our shop into Bitrix24?',
  });
  await mustOf(partner)('POST', '/customers', { ownerEmail: owner.email });
  await mustOf(partner)('POST', '/invitations', { email: owner.email, role: 'viewer' });
  const invitations = await must('GET', '/me/invitations');
  const visited = await api.call('POST', '/visitor-requests', visitorRequest(mark), { key: null });
  const pageId = await publishPage(mustOperate, mark);
  const mails = await mustOperate('GET', '/mails?limit=1');
  return {
    accountId,
    owner,
    operator,
    ids: {
      connections: connections.items[0].id,
      invitations: invitations.items[0].id,
      requests: request.id,
      pipelines: customers.id ?? 'customers',
      runs: run.id,
      'dead-letters': letters.items[0].id,
      previews: preview.id,
      'operator/requests': request.id,
      'operator/pages': pageId,
      'operator/tariffs': accountId,
      'operator/mailbox': mails.items[0].id,
    },
    conversation: new URL(visited.body.link).pathname + new URL(visited.body.link).search,
  };
}

type Must = ReturnType<typeof mustOf>;

function mustOf(person: TestPerson) {
  return async (method: string, path: string, body?: unknown): Promise<ApiAnswer['body']> => {
    const answer = await person.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
}

function newAccount(bed: Bed, name: string): Promise<string> {
  return bed.api.context.store.system((tx) => addAccount(tx, { name, tariff: 'unlimited' }));
}

async function ended(must: Must, runId: string): Promise<void> {
  await until(async () => (await must('GET', `/runs/${runId}`)).endedAt !== null, 60_000);
}

function visitorRequest(mark: string) {
  return {
    kind: 'setup',
    name: 'Marta Lis',
    email: `marta.${mark}@shop.example`,
    subject: 'Our first move',
    text: 'How long does it take to move 20,000 contacts?',
  };
}

async function publishPage(must: Must, mark: string): Promise<string> {
  const page = await must('POST', '/pages', {
    kind: 'information',
    slug: `how-it-works-${mark}`,
    texts: {
      en: { title: 'How it works', body: 'Records move **once**, or continuously.' },
      ru: { title: 'Как это работает', body: 'Записи переносятся **один раз** или постоянно.' },
      uk: { title: 'Як це працює', body: 'Записи переносяться **один раз** або постійно.' },
      pl: { title: 'Jak to działa', body: 'Rekordy przenoszą się **raz** albo stale.' },
      ro: { title: 'Cum funcționează', body: 'Înregistrările se mută **o dată** sau continuu.' },
    },
  });
  await must('POST', `/pages/${page.id}/publish`);
  return page.id;
}
