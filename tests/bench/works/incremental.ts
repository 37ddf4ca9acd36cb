import { httpFlow, type Work } from './work.js';

/** C: after a full load, one per cent changed; then a sync with nothing new. */
export const incremental: Work = {
  name: 'C',
  title: 'Incremental',
  run: async (bed, { records }) => {
    const source = await bed.startSandbox(['--seed', '1', '--records', String(records)]);
    const target = await bed.startSandbox(['--seed', '2']);
    const worker = await bed.startWorker();
    const from = await bed.connect('http', { service: 'rest-crm', base_url: source.url }, { token: source.token });
    const to = await bed.connect('http', { service: 'rest-crm', base_url: target.url }, { token: target.token });
    const pipeline = await bed.publish(httpFlow('c-incremental', 'upsert').replace('read: full', 'read: incremental'), {
      source: from,
      target: to,
    });
    await bed.run(pipeline, worker);
    const changed = Math.round(records / 100);
    await fetch(`${source.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'contacts', count: changed, fields: { email: 'changed@example.com' } }),
    });
    const requests = async (): Promise<number> =>
      ((await (await fetch(`${source.control}/requests?after=0`)).json()) as unknown[]).length;
    const before = await requests();
    const run = await bed.run(pipeline, worker);
    const between = await requests();
    const idle = await bed.run(pipeline, worker);
    const after = await requests();
    const [counts] = await bed.rows<{ written: number }>('select written from v_reconciliation where run_id = $1', [
      run.run.id,
    ]);
    const [none] = await bed.rows<{ written: number }>('select written from v_reconciliation where run_id = $1', [
      idle.run.id,
    ]);
    const raw = await bed.runRaw({
      source: { url: source.url, token: source.token },
      target: { kind: 'http', url: target.url, token: target.token, mode: 'upsert' },
    });
    await worker.stop();
    return [
      `C: ${changed} of ${records} changed: ${Math.round(run.ms)} ms, ${counts?.written} written, ${between - before} requests to the source (goal ${Math.ceil(changed / 250) + 1})`,
      `  nothing new: ${Math.round(idle.ms)} ms, ${none?.written} written, ${after - between} requests (goal 1); raw full read ${Math.round(raw.ms)} ms`,
    ];
  },
};
