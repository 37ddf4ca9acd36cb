import { startAmoCrm } from './amocrm/sandbox.js';
import { startBitrix24 } from './bitrix24/sandbox.js';
import { startCreatio } from './creatio/sandbox.js';
import type { Sandbox, SandboxOptions, SandboxStarter } from './kit/sandbox.js';
import { startRestCrm } from './rest-crm/sandbox.js';

export type { Sandbox, SandboxOptions, SandboxStarter } from './kit/sandbox.js';

/** Every sandbox by the id of its connector, in alphabetical order. */
export const sandboxes: Readonly<Record<string, SandboxStarter>> = {
  amocrm: startAmoCrm,
  bitrix24: startBitrix24,
  creatio: startCreatio,
  'rest-crm': startRestCrm,
};

/** Starts a vendor's sandbox; throws when there is none of that name. */
export async function startSandbox(vendor: string, options: SandboxOptions = {}): Promise<Sandbox> {
  const start = Object.hasOwn(sandboxes, vendor) ? sandboxes[vendor] : undefined;
  if (start === undefined) {
    throw new Error(
      `Sandbox \`${vendor}\` is not known. Known sandboxes: ${Object.keys(sandboxes).sort().join(', ')}.`,
    );
  }
  return start(options);
}
