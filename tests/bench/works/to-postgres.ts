import { queryOnce } from '../../../runtime/postgres-connection.js';
import type { RunFigures } from '../bed.js';
import { httpFlow, quiet, report, type Work } from './work.js';

/** A to PostgreSQL: an upsert by primary key into a table of nine text columns, through TCP for both. */
export const toPostgres: Work = {
  name: 'A-postgres',
  title: 'HTTP to PostgreSQL, upsert',
  run: async (bed, { records, rounds }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records), ...quiet]);
    const worker = await bed.startWorker();
    const tcp = await bed.openTcp();
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const { user, database } = bed.postgres.connection;
    const settings = { host: '127.0.0.1', port: tcp.port, database, user, ssl: 'disable' };
    const to = await bed.connect('postgres', settings, { password: 'not-asked-for' });
    const raw: RunFigures[] = [];
    const ours: RunFigures[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const table of [`raw_${round}`, `ours_${round}`]) {
        await queryOnce(
          bed.postgres.ownerUrl,
          `create table ${table} (external_id text primary key, name text, email text, phone text, position text, birthday text, owner text, first_name text, last_name text)`,
        );
      }
      const order = { kind: 'postgres', connectionString: tcp.connectionString, table: `raw_${round}` };
      raw.push(await bed.runRaw({ source: { url: source.url, token: source.token }, target: order }));
      const definition = httpFlow(`a-postgres-${round}`, 'upsert, match_on: [external_id]')
        .replace('target: { connector: http }', 'target: { connector: postgres }')
        .replace('to: { stream: target.contacts', `to: { stream: target.ours_${round}`)
        .replace('    map:', '    map:\n      external_id: id');
      ours.push(await bed.run(await bed.publish(definition, { source: from, target: to }), worker));
    }
    await source.child.stop();
    await worker.stop();
    return report('A to PostgreSQL, upsert', raw, ours, records, 0.65);
  },
};
