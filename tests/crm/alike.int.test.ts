import { describe, expect, test } from '@jest/globals';
import type { EffectEntry } from '../../sandbox/kit/effect-log.js';
import { startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestEngine } from '../support/engine.js';
import { startAmo, startBitrix } from './departments.js';

const records = 160;

interface Place {
  readonly connector: string;
  readonly settings: Record<string, unknown>;
  readonly secret: Record<string, unknown>;
  readonly log: { list(): EffectEntry[] };
  readonly control: string;
  /** Stream of the parents in `/state`, and what is written below the first of them. */
  readonly parents: string;
  readonly stream: string;
  map(parent: string): string;
  isOurs(entry: EffectEntry): boolean;
  stop(): Promise<void>;
}

async function bitrix(): Promise<Place> {
  const { sandbox, connector, settings, secret } = await startBitrix({ records: 5 });
  return {
    connector,
    settings,
    secret,
    log: sandbox.log,
    control: sandbox.control,
    parents: 'deals',
    stream: 'deal_comments',
    map: (parent) => `ENTITY_ID: { value: "${parent}" }, COMMENT: position`,
    isOurs: ({ stream }) => /comment/.test(stream),
    stop: () => sandbox.stop(),
  };
}

async function amo(): Promise<Place> {
  const { sandbox, connector, settings, secret } = await startAmo({ records: 5 });
  return {
    connector,
    settings,
    secret,
    log: sandbox.log,
    control: sandbox.control,
    parents: 'leads',
    stream: 'lead_notes',
    map: (parent) => `entity_id: { value: "${parent}" }, text: position, note_type: { value: common }`,
    isOurs: ({ stream }) => stream === 'notes',
    stop: () => sandbox.stop(),
  };
}

/** Nothing but its text tells such a record from others, and most texts stand there more than once. */
describe('records that keep no id of ours are there once each, though the worker died twice in mid-batch', () => {
  test.each([
    ['comments of Bitrix24', bitrix],
    ['notes of amoCRM', amo],
  ] as const)('%s', async (_name, start) => {
    const [engine, source, place] = await Promise.all([
      startTestEngine({ hasWorker: false }),
      startRestCrm({ seed: 3, records: { contacts: records } }),
      start(),
    ]);
    try {
      const { streams } = (await (await fetch(`${place.control}/state?stream=${place.parents}`)).json()) as {
        streams: Record<string, { id: unknown }[]>;
      };
      const parent = String(streams[place.parents]?.[0]?.id);
      const before = place.log.list().length;
      const bindings = {
        crm: await engine.connect(
          'crm',
          'http',
          { service: 'rest-crm', base_url: source.url },
          { token: source.credentials.token as string },
        ),
        place: await engine.connect('place', place.connector, place.settings as never, place.secret as never),
      };
      const definition = `
pipeline: alike
title: Texts below one record
connections: { crm: { connector: http }, place: { connector: ${place.connector} } }
flows:
  texts:
    from: { stream: crm.contacts, read: full }
    map: { ${place.map(parent)} }
    to: { stream: place.${place.stream}, write: insert, batch: 20 }
`;
      const run = await engine.open(await engine.publish(definition, bindings));
      for (const nth of [3, 2]) {
        const doomed = await engine.spawnWorker({ point: 'after_vendor_commit', signal: 'SIGKILL', nth });
        await doomed.ended;
      }
      await engine.startWorker();
      const end = await engine.until(run);
      const made = place.log
        .list()
        .slice(before)
        .filter((entry) => entry.effect === 'create' && entry.status < 300 && place.isOurs(entry));
      const links = await engine.rows<{ target_key: string }>(
        "select target_key from v_record_map where state = 'confirmed'",
      );
      const [open] = await engine.rows<{ count: number }>(
        'select count(*)::int as count from batch where recovered_at is null',
      );
      expect([end.state, made.length]).toEqual(['done', records]);
      expect(new Set(links.map((link) => link.target_key)).size).toBe(records);
      expect(open?.count).toBe(0);
    } finally {
      await engine.stop();
      await Promise.all([source.stop(), place.stop()]);
    }
  });
});
