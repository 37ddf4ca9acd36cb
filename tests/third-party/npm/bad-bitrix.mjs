// @2bad/bitrix: lists, batches, a lead from its beginning to its end.
import { readFileSync } from 'node:fs';
import { Bitrix } from '@2bad/bitrix';

const { credentials } = JSON.parse(readFileSync('given.json', 'utf8'));
const portal = Bitrix(credentials.webhook_url.replace(/\/$/, ''));

const deals = await portal.deals.list({ select: ['*', 'UF_*'] });
const { result: lead } = await portal.leads.create({ TITLE: 'Made by 2bad' });
const { result: changed } = await portal.leads.update(lead, { TITLE: 'Changed by 2bad' });
const { result: readBack } = await portal.leads.get(lead);
const batch = await portal.batch({
  deals: { method: 'crm.deal.list', params: { filter: { '>ID': 0 } } },
  companies: { method: 'crm.company.list', params: {} },
});
const { result: gone } = await portal.leads.create({ TITLE: 'Soon gone' });
const { result: deleted } = await portal.call('crm.lead.delete', { id: gone });

const seen = {
  deals: new Set(deals.result.map(({ ID }) => ID)).size,
  total: deals.total,
  lead,
  changed,
  title: readBack.TITLE,
  totals: batch.result.result_total,
  gone,
  deleted,
};
console.log(JSON.stringify({ seen }));
process.exit(0);
