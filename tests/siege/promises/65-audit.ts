import { accessOf } from '../../../api/access/authorise.js';
import { routes } from '../../../api/routes/index.js';
import { queryOnce } from '../../../runtime/postgres-connection.js';
import { verifyAudit } from '../../../store/audit.js';
import { startTestApi } from '../../support/api.js';
import { inLanes } from '../../support/cast.js';
import { furnish } from '../../support/furnish.js';
import { unaudited } from '../../support/unaudited.js';
import { exactly, noted, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 65,
  title: 'Audit is complete and tamper-evident',
  required: 'every change has its line; both roles refused; every edit of the owner found; 0 broken lines',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const { accountId, key } = await furnish(api, 'audited');
    const { store, vault } = api.context;
    const nasty = ['a\u001b[2Jb', 'a\u0085b', 'a\u202eb', 'a\u2028b', `{"seq":1}`];
    const names = Array.from(
      { length: context.size(1_000, 40) },
      (_, index) => `${nasty[index % nasty.length]} ${index}`,
    );
    const made = await inLanes(names, 8, (name) => api.call('POST', '/connections', connection(name), { key }));
    const whole = await verifyAudit(store, vault.keys, accountId);
    const url = engine.database.ownerUrl;
    const texts = await queryOnce(url, `select actor, object from audit where account_id = '${accountId}'`);
    const refused = await Promise.all(
      [engine.database.app, engine.database.system].flatMap(({ connectionString }) =>
        [
          `update audit set actor = 'x'`,
          'delete from audit',
          'truncate audit',
          'alter table audit disable trigger all',
        ].map((change) =>
          queryOnce(connectionString, change).then(
            () => change,
            () => null,
          ),
        ),
      ),
    );
    return [
      nothing('changes without a line', silentRoutes()),
      noted('lines', whole.lines),
      exactly('lines for what was asked', made.filter(({ status }) => status < 500).length, names.length),
      exactly('broken lines', whole.brokenAt ?? 0, 0),
      nothing(
        'control characters in lines',
        texts.filter((row) => /[\p{Cc}\u2028\u202e]/u.test(JSON.stringify(Object.values(row)))),
      ),
      nothing(
        'edits by a role',
        refused.filter((change) => change !== null),
      ),
      nothing('edits of the owner that were not found', await edits(context.size(100, 12))),
      exactly(
        'broken lines after everything was put back',
        (await verifyAudit(store, vault.keys, accountId)).brokenAt ?? 0,
        0,
      ),
    ];

    /** Each edit is undone again, so that the next one is the only one. */
    async function edits(count: number): Promise<string[]> {
      const missed: string[] = [];
      const unguarded = 'set session_replication_role = replica;';
      await queryOnce(url, `create table kept as select * from audit where account_id = '${accountId}'`);
      for (let edit = 0; edit < count; edit += 1) {
        const seq = context.random.int(1, whole.lines);
        const at = `where account_id = '${accountId}' and seq = ${seq}`;
        const change = context.random.pick([
          `update audit set actor = actor || 'x' ${at}`,
          `update audit set action = 'run.started2' ${at}`,
          `update audit set object = coalesce(object, '') || ' ' ${at}`,
          `update audit set on_behalf_of = coalesce(on_behalf_of, '') || 'x' ${at}`,
          `update audit set details = details || '{"x": 1}' ${at}`,
          `update audit set at = at - interval '1 second' ${at}`,
          `update audit set request_id = null ${at} and request_id is not null`,
          `delete from audit ${at}`,
          `delete from audit where account_id = '${accountId}' and seq >= ${seq}`,
        ]);
        await queryOnce(url, `${unguarded} ${change}`);
        const [left] = await queryOnce(
          url,
          `select count(*)::int as different from (select * from kept except select * from audit) t`,
        );
        const verdict = await verifyAudit(store, vault.keys, accountId);
        if (left?.different !== 0 && verdict.brokenAt !== seq) missed.push(`${change}: ${verdict.problem}`);
        await queryOnce(
          url,
          `${unguarded} delete from audit where account_id = '${accountId}'; insert into audit select * from kept`,
        );
      }
      await queryOnce(url, 'drop table kept');
      return missed;
    }
  },
} satisfies SiegePromise;

/** A refused request has its lines too: what is asked for is what counts here. */
function connection(name: string) {
  return {
    name: `c${name.replace(/[^0-9]/g, '')}`,
    connector: 'file',
    settings: { streams: { rows: { path: name } } },
  };
}

function silentRoutes(): string[] {
  return routes
    .filter(
      (spec) => spec.method !== 'get' && accessOf(spec.name).audit === undefined && unaudited[spec.name] === undefined,
    )
    .map((spec) => spec.name);
}
