import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RestCrmOptions, type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import type { TestEngine } from './engine.js';

/** The practice CRMs of an installation: `crm` with records, `copy` without. */
export interface Practice {
  readonly crm: RestCrmSandbox;
  readonly copy: RestCrmSandbox;
  stop(): Promise<void>;
}

/** Starts them and leaves the notes in the data folder by which a server offers them to its accounts. */
export async function startPractice(engine: TestEngine, options: RestCrmOptions = {}): Promise<Practice> {
  const [crm, copy] = await Promise.all([
    startRestCrm({ seed: 1, records: 200, ...options }),
    startRestCrm({ seed: 2 }),
  ]);
  const folder = join(engine.folder, 'sandboxes');
  mkdirSync(folder, { recursive: true });
  for (const [name, { vendor, url, credentials }] of Object.entries({ crm, copy })) {
    const note = { pid: process.pid, started: '', name, vendor, port: Number(new URL(url).port), url, credentials };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(note));
  }
  return {
    crm,
    copy,
    stop: async () => {
      await Promise.all([crm.stop(), copy.stop()]);
    },
  };
}
