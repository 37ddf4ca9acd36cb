import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { httpFlow, median, quiet, type Work } from './work.js';

/** B: a vendor with 60 ms latency and 7 requests in any rolling second; five pipelines share the account. */
export const limited: Work = {
  name: 'B',
  title: 'Rate-limited vendor',
  run: async (bed) => {
    const requests = 7;
    const count = 12_000;
    const source = await bed.startSandbox([
      '--seed',
      '1',
      '--records',
      String(count),
      '--latency',
      '60',
      '--rate',
      `${requests}/1`,
    ]);
    const worker = await bed.startWorker();
    const definition = restCrmDefinition({ limits: [{ requests, per: '1s' }] });
    const from = await bed.connect(
      'http',
      { service: 'own', base_url: source.url, definition },
      { token: source.token },
    );
    const runs = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        const target = await bed.startSandbox(['--seed', String(10 + index), ...quiet]);
        const to = await bed.connect('http', { service: 'rest-crm', base_url: target.url }, { token: target.token });
        return bed.run(
          await bed.publish(httpFlow(`b-limited-${index}`, 'upsert'), { source: from, target: to }),
          worker,
        );
      }),
    );
    const seen = (await (await fetch(`${source.control}/requests?after=0`)).json()) as {
      at: string | number;
      status: number;
    }[];
    const times = seen.map((request) => Number(new Date(request.at))).sort((a, b) => a - b);
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    const share = (seen.length - 1) / (seconds * requests);
    const refused = seen.filter((request) => request.status === 429).length;
    await worker.stop();
    return [
      `B: ${share.toFixed(3)} of the permitted requests used (goal 0.94), ${refused} of ${seen.length} refused (goal 0)`,
      `  five pipelines on one account, ${Math.round(median(runs.map((run) => run.ms)) / 1_000)} s each`,
    ];
  },
};
