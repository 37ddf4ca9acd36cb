// @shevernitskiy/amo: a renewed token, leads with contacts, metadata, tasks. HTTPS alone.
import { readFileSync } from 'node:fs';
import { Amo } from '@shevernitskiy/amo';

const { url, credentials } = JSON.parse(readFileSync('given.json', 'utf8'));
const { client_id, client_secret, redirect_uri, access_token, refresh_token } = credentials;
let renewals = 0;
const amo = new Amo(
  new URL(url).host,
  // Long over, so that the client renews it before its first question.
  {
    client_id,
    client_secret,
    redirect_uri,
    access_token,
    refresh_token,
    token_type: 'Bearer',
    expires_in: 86400,
    expires_at: 1,
  },
  {
    on_token: () => {
      renewals += 1;
    },
  },
);

const account = await amo.account.getAccount({ with: ['drive_url'] });
const leads = [];
for (let page = 1; page < 20; page++) {
  const { _embedded } = await amo.lead.getLeads({ limit: 100, page });
  leads.push(..._embedded.leads.map(({ id }) => id));
  if (_embedded.leads.length < 100) break;
}
const added = await amo.lead.addLeads([
  { name: 'one', price: 10 },
  { name: 'two', price: 20 },
]);
const [first, second] = added._embedded.leads.map(({ id }) => id);
await amo.lead.updateLeadById(first, { price: 11 });
const readBack = await amo.lead.getLeadById(first);
await amo.lead.addComplex([{ name: 'whole', _embedded: { contacts: [{ first_name: 'Ilona' }] } }]);
const { _embedded: pipelines } = await amo.pipeline.getPipelines();
const { _embedded: users } = await amo.user.getUsers();
const { _embedded: fields } = await amo.custom_fields.getCustomFields('leads');

const seen = {
  subdomain: account.subdomain,
  renewals,
  leads: leads.sort((one, other) => one - other),
  first,
  second,
  price: readBack.price,
  pipelines: pipelines.pipelines.length,
  users: users.users.length,
  fields: fields.custom_fields.length,
};
console.log(JSON.stringify({ seen }));
process.exit(0);
