import type { JsonObject } from '../../core/json.js';
import { startAmoCrm } from '../../sandbox/amocrm/sandbox.js';
import { startBitrix24 } from '../../sandbox/bitrix24/sandbox.js';
import { startCreatio } from '../../sandbox/creatio/sandbox.js';
import type { EffectLog } from '../../sandbox/kit/effect-log.js';
import type { RequestLog } from '../../sandbox/kit/request-log.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { Department } from '../crm/departments.js';
import type { SiegeContext } from './siege.js';

/** What the promises look at in a sandbox of any vendor. */
export interface VendorSandbox {
  readonly url: string;
  readonly control: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly log: EffectLog;
  readonly kit: { readonly requests: RequestLog };
  stop(): Promise<void>;
}

export interface VendorStart {
  readonly contacts?: number;
  /** Switches of the sandbox. */
  readonly settings?: JsonObject;
  /** Whether the vendor's own limits are in force; off where something else is tried. */
  readonly hasLimits?: boolean;
}

/** One of the CRMs, with how its contacts are moved in and out. */
export interface Vendor {
  readonly name: 'bitrix24' | 'amocrm' | 'creatio';
  /** Of contacts in `/state`, `/touch` and the log. */
  readonly stream: string;
  /** Name and position of a contact of rest-crm as the vendor's fields, and the way back. */
  readonly mapIn: string;
  readonly mapOut: string;
  /** Field of the position for `/touch`. */
  readonly position: string;
  /** Name and position of a row of `/state`. */
  content(row: JsonObject): readonly [name: unknown, position: unknown];
  start(context: SiegeContext, options?: VendorStart): Promise<Department<VendorSandbox>>;
}

const unlimited = 1_000;

const bitrix24: Vendor = {
  name: 'bitrix24',
  stream: 'contacts',
  mapIn: 'NAME: name, POST: position',
  mapOut: 'name: { from: NAME, default: "?" }, position: POST',
  position: 'POST',
  content: (row) => [row.name, row.post],
  start: async (context, { contacts = 0, settings = {}, hasLimits = false } = {}) => {
    const sandbox = await startBitrix24({
      seed: context.seed,
      records: { contacts },
      settings: { ...(!hasLimits && { bucket_size: 0, operating_limit: 0 }), ...settings },
    });
    return kept(context, {
      sandbox,
      connector: 'bitrix24',
      settings: { base_url: sandbox.url, ...(!hasLimits && { requests_per_second: unlimited }) },
      secret: { webhook: String(sandbox.credentials.webhook_url) },
    });
  },
};

const amocrm: Vendor = {
  name: 'amocrm',
  stream: 'contacts',
  mapIn: 'name: name, custom.POSITION: position',
  mapOut: 'name: name, position: { from: "[\'custom.POSITION\']" }',
  position: 'POSITION',
  content: (row) => [row.name, customValue(row.custom_fields_values, 'POSITION')],
  start: async (context, { contacts = 0, settings = {}, hasLimits = false } = {}) => {
    const sandbox = await startAmoCrm({
      seed: context.seed,
      records: { contacts },
      settings: { ...(!hasLimits && { rate: null, account_rate: null, ban_after: 0 }), ...settings },
    });
    return kept(context, {
      sandbox,
      connector: 'amocrm',
      settings: { base_url: sandbox.url, auth: 'token', ...(!hasLimits && { requests_per_second: 50 }) },
      secret: { token: String(sandbox.credentials.token) },
    });
  },
};

/** The vendor limits nothing by itself; with limits an administrator's allowance of ten requests a second. */
const creatio: Vendor = {
  name: 'creatio',
  stream: 'Contact',
  mapIn: 'Name: name, JobTitle: position',
  mapOut: 'name: Name, position: JobTitle',
  position: 'JobTitle',
  content: (row) => [row.Name, row.JobTitle],
  start: async (context, { contacts = 0, settings = {}, hasLimits = false } = {}) => {
    const sandbox = await startCreatio({
      seed: context.seed,
      records: { contacts },
      settings,
      ...(hasLimits && { rate: { requests: 10, perSeconds: 1 } }),
    });
    return kept(context, {
      sandbox,
      connector: 'creatio',
      settings: { base_url: sandbox.url, requests_per_second: hasLimits ? 10 : unlimited },
      secret: { username: String(sandbox.credentials.username), password: String(sandbox.credentials.password) },
    });
  },
};

export const vendors: readonly Vendor[] = [bitrix24, amocrm, creatio];

export function restCrm(sandbox: RestCrmSandbox): Department<RestCrmSandbox> {
  return {
    sandbox,
    connector: 'http',
    settings: { service: 'rest-crm', base_url: sandbox.url },
    secret: { token: String(sandbox.credentials.token) },
  };
}

/** The same connection through another address, such as a proxy's. */
export function through<Sandbox>(department: Department<Sandbox>, url: string): Department<Sandbox> {
  const { secret, settings } = department;
  const webhook = typeof secret.webhook === 'string' ? new URL(secret.webhook).pathname : null;
  return {
    ...department,
    settings: { ...settings, base_url: url },
    secret: webhook === null ? secret : { webhook: `${url}${webhook}` },
  };
}

export async function order(
  sandbox: { readonly control: string },
  path: string,
  body: JsonObject,
): Promise<JsonObject> {
  const answer = await fetch(`${sandbox.control}/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as JsonObject;
}

/** Ids of the contacts that a person at the vendor changed. */
export async function touchContacts(vendor: Vendor, sandbox: VendorSandbox, what: JsonObject): Promise<string[]> {
  const { ids } = await order(sandbox, 'touch', { stream: vendor.stream, ...what });
  return (ids as unknown[]).map(String);
}

export async function contactsOf(vendor: Vendor, sandbox: VendorSandbox): Promise<JsonObject[]> {
  const answer = await fetch(`${sandbox.control}/state?stream=${vendor.stream}`);
  const { streams } = (await answer.json()) as { streams: Record<string, JsonObject[]> };
  return streams[vendor.stream] ?? [];
}

/** Contents that only one side has, a content that stands twice counting twice. */
export function differences(wanted: readonly string[], found: readonly string[]): { lost: string[]; extra: string[] } {
  const counts = new Map<string, number>();
  for (const one of wanted) counts.set(one, (counts.get(one) ?? 0) + 1);
  const extra = found.filter((one) => {
    const left = counts.get(one) ?? 0;
    counts.set(one, left - 1);
    return left <= 0;
  });
  const lost = [...counts].flatMap(([one, left]) => Array.from({ length: Math.max(0, left) }, () => one));
  return { lost, extra };
}

export const line = (content: readonly unknown[]): string => content.map((part) => String(part ?? '')).join(' | ');

function customValue(fields: unknown, code: string): unknown {
  const list = Array.isArray(fields) ? (fields as { field_code?: unknown; values?: { value?: unknown }[] }[]) : [];
  return list.find((field) => field.field_code === code)?.values?.[0]?.value;
}

function kept<Sandbox extends VendorSandbox>(
  context: SiegeContext,
  department: Department<Sandbox>,
): Department<Sandbox> {
  context.onEnd(() => department.sandbox.stop());
  return department;
}
