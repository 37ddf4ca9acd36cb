import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder } from '../../../runtime/project-folder.js';
import type { BenchBed, Vendor } from '../bed.js';
import type { Work } from './work.js';

/** Clocks and limits of the sandboxes for the large migration. */
const faster = 20;

interface Sides {
  readonly bitrix: Vendor;
  readonly amo: Vendor;
  readonly from: string;
  readonly to: string;
}

/** A portal with deals and an empty account, both connected, with `factor` times the vendors' own limits. */
async function startSides(bed: BenchBed, records: number, factor: number): Promise<Sides> {
  const bitrix = await bed.startVendor('bitrix24', [
    ...['--seed', '1', '--records', String(records)],
    ...['--set', `bucket_drain=${2 * factor}`],
  ]);
  const amo = await bed.startVendor('amocrm', ['--seed', '2', '--rate', `${7 * factor}/1`]);
  const from = await bed.connect(
    'bitrix24',
    { base_url: bitrix.url, requests_per_second: 2 * factor },
    { webhook: String(bitrix.credentials.webhook_url) },
  );
  const to = await bed.connect(
    'amocrm',
    { base_url: amo.url, auth: 'token', requests_per_second: Math.min(50, 7 * factor) },
    { token: String(amo.credentials.token) },
  );
  return { bitrix, amo, from, to };
}

interface Seen {
  readonly at: string;
  readonly status: number;
}

async function requestsOf(vendor: Vendor): Promise<Seen[]> {
  return (await (await fetch(`${vendor.control}/requests?after=0`)).json()) as Seen[];
}

/** Share of the permitted requests that were sent, without the first and the last second: those are warm-up and end. */
function shareOf(seen: readonly Seen[], perSecond: number): { share: number; refused: number } {
  const times = seen.map((request) => Date.parse(request.at)).sort((a, b) => a - b);
  const [from, to] = [(times[0] ?? 0) + 1_000, (times.at(-1) ?? 0) - 1_000];
  const within = times.filter((time) => time >= from && time < to).length;
  const refused = seen.filter(({ status }) => status === 429 || status === 503).length;
  return { share: within / (((to - from) / 1_000) * perSecond), refused };
}

const definition = (): string =>
  readFileSync(join(findProjectFolder(), 'definitions/examples/bitrix24-to-amocrm.yaml'), 'utf8');

/** The whole example, with the clocks and limits of both sandboxes sped up: relations, lines, comments, tasks. */
export const crmMigration: Work = {
  name: 'crm-migration',
  title: 'Bitrix24 to amoCRM',
  run: async (bed, { records }) => {
    const deals = Math.min(records, 20_000);
    const sides = await startSides(bed, deals, faster);
    const worker = await bed.startWorker();
    const pipeline = await bed.publishWithFields(definition(), { crm: sides.from, amo: sides.to });
    const run = await bed.run(pipeline, worker);
    const [counts] = await bed.rows<{ written: number; letters: number }>(
      'select sum(written)::int as written, sum(dead_letters)::int as letters from v_reconciliation where run_id = $1',
      [run.run.id],
    );
    const [read, sent] = [(await requestsOf(sides.bitrix)).length, (await requestsOf(sides.amo)).length];
    await worker.stop();
    const written = counts?.written ?? 0;
    // The least: 2,500 rows a batch of 50 lists; 50 records a write, and one link request for 50 contacts.
    const per = (count: number): string => ((count * 1_000) / Math.max(1, written)).toFixed(1);
    return [
      `CRM: ${deals} deals with their companies and contacts, ${written} records in ${Math.round(run.ms / 1_000)} s, ${counts?.letters} dead letters, worker's peak ${Math.round(run.peakMb)} MB`,
      `  requests per 1,000 records: ${per(read)} to Bitrix24 (least ${(1_000 / 2_500).toFixed(1)}), ${per(sent)} to amoCRM (least ${(1_000 / 50).toFixed(1)}); limits ${faster} times the vendors' own`,
    ];
  },
};

const contactsOnly = (id: string): string => `
pipeline: ${id}
title: Contacts
connections: { crm: { connector: bitrix24 }, amo: { connector: amocrm } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { first_name: NAME, last_name: LAST_NAME, name: LAST_NAME }
    to: { stream: amo.contacts, write: upsert }
`;

/** Three pipelines share one account of each vendor, at the vendors' real limits. */
export const crmLimits: Work = {
  name: 'crm-limits',
  title: 'The vendors’ own limits',
  run: async (bed) => {
    const sides = await startSides(bed, 6_000, 1);
    const worker = await bed.startWorker();
    const bindings = { crm: sides.from, amo: sides.to };
    const pipelines = [];
    for (const number of [1, 2, 3]) {
      pipelines.push(await bed.publishWithFields(contactsOnly(`crm-limits-${number}`), bindings));
    }
    const before = await requestsOf(sides.amo);
    const runs = await Promise.all(pipelines.map((pipeline) => bed.run(pipeline, worker)));
    const amo = shareOf((await requestsOf(sides.amo)).slice(before.length), 7);
    const seconds = Math.round(Math.max(...runs.map((run) => run.ms)) / 1_000);
    await worker.stop();
    return [
      `CRM limits: amoCRM ${amo.share.toFixed(3)} of 7 requests a second used by three pipelines (goal 0.90), ${amo.refused} refused (goal 0.5 %), ${seconds} s`,
    ];
  },
};
