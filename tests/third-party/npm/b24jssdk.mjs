// @bitrix24/b24jssdk (the vendor's own): lists by key, batches, REST 3.0, a full bucket, a refusal. HTTPS alone.
import { readFileSync } from 'node:fs';
import { B24Hook } from '@bitrix24/b24jssdk';

const { credentials } = JSON.parse(readFileSync('given.json', 'utf8'));
const { actions } = B24Hook.fromWebhookUrl(credentials.webhook_url.replace(/\/$/, ''));

const make = (method, params) => actions.v2.call.make({ method, params });
const all = await actions.v2.callList.make({
  method: 'crm.item.list',
  params: { entityTypeId: 2, select: ['id', 'title'] },
  idKey: 'id',
  customKeyForResult: 'items',
});
const companies = [];
for await (const chunk of actions.v2.fetchList.make({
  method: 'crm.company.list',
  params: { select: ['ID', 'TITLE'] },
  idKey: 'ID',
})) {
  companies.push(...chunk.map(({ ID }) => Number(ID)));
}

const made = (await make('crm.item.add', { entityTypeId: 1, fields: { title: 'Made by the SDK' } })).getData().result
  .item.id;
await make('crm.item.update', { entityTypeId: 1, id: made, fields: { title: 'Changed by the SDK' } });
const title = (await make('crm.item.get', { entityTypeId: 1, id: made })).getData().result.item.title;
const gone = (await make('crm.item.add', { entityTypeId: 1, fields: { title: 'Soon gone' } })).getData().result.item.id;
await make('crm.item.delete', { entityTypeId: 1, id: gone });

const batch = await actions.v2.batch.make({
  calls: { user: { method: 'user.current', params: {} }, none: { method: 'crm.no.such', params: {} } },
  options: { isHaltOnError: false, returnAjaxResult: true },
});
const task = await actions.v3.call
  .make({ method: 'tasks.task.add', params: { fields: { title: 'By the SDK', creatorId: 1, responsibleId: 2 } } })
  .then((answer) => answer.isSuccess);
const times = await Promise.all(Array.from({ length: 36 }, () => make('server.time', {})));
const refused = await make('crm.deal.get', { id: 99_999_999 }).then(
  (answer) => !answer.isSuccess,
  () => true,
);

const seen = {
  deals: all
    .getData()
    .map(({ id }) => id)
    .sort((one, other) => one - other),
  companies: companies.sort((one, other) => one - other),
  made,
  title,
  gone,
  errors: batch.getErrorMessages().length,
  task,
  answers: times.filter((answer) => answer.isSuccess).length,
  refused,
};
console.log(JSON.stringify({ seen }));
process.exit(0);
