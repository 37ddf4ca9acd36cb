import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import type { Office } from '../crm/departments.js';
import { order, type Vendor, type VendorSandbox } from './vendors.js';

/**
 * Stands before the servers of an installation as a balancer does: each delivery goes to one of them, and to another
 * one where that does not answer. What was answered with success was accepted.
 */
export interface PostOffice {
  readonly url: string;
  /** How long a server took for an accepted delivery, in ms. */
  readonly times: readonly number[];
  /** Ids of contacts in accepted deliveries, once for each delivery. */
  readonly accepted: readonly string[];
  /** Deliveries that no server accepted. */
  readonly refused: readonly string[];
  stop(): Promise<void>;
}

export interface PostOfficeOptions {
  /** Addresses of the servers that are thought to live; the first is tried first. */
  servers(): readonly string[];
}

const tries = 20;

export async function openPostOffice({ servers }: PostOfficeOptions): Promise<PostOffice> {
  const times: number[] = [];
  const accepted: string[] = [];
  const refused: string[] = [];
  const deliver = async (path: string, headers: Record<string, string>, body: string): Promise<number> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const places = servers();
      const place = places[attempt % places.length] ?? '';
      const startedMs = performance.now();
      const answer = await fetch(`${place}${path}`, { method: 'POST', headers, body }).catch(() => null);
      const status =
        answer === null
          ? 0
          : await answer.text().then(
              () => answer.status,
              () => 0,
            );
      if (status >= 200 && status < 300) {
        times.push(performance.now() - startedMs);
        accepted.push(...idsIn(body));
        return status;
      }
      if (status >= 400 && status < 500) {
        refused.push(`${status} ${path.slice(0, 20)}`);
        return status;
      }
      await delay(20);
    }
    refused.push(`no server took ${path.slice(0, 20)}`);
    return 503;
  };
  const server = createServer(async (request, response) => {
    const body = asCustomized(await textOf(request));
    const headers: Record<string, string> = { 'content-type': request.headers['content-type'] ?? '' };
    for (const name of ['x-pipewright-secret']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    response.writeHead(await deliver(request.url ?? '', headers, body)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    times,
    accepted,
    refused,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Makes an intake for a connection, and lets the vendor deliver to it by way of the post office. */
export async function orderEvents(
  office: Office,
  vendor: Vendor,
  sandbox: VendorSandbox,
  connection: string,
  post: { readonly url: string },
): Promise<void> {
  const { status, body, text } = await office.api.call('POST', '/hooks', { connection, register: false });
  if (status !== 201) throw new Error(`hooks: ${status} ${text}`);
  const { url, signingSecret } = body as { url: string; signingSecret: string };
  const intake = `${post.url}${new URL(url).pathname}`;
  const keyed = `${intake}?key=${encodeURIComponent(signingSecret)}`;
  if (vendor.name === 'bitrix24') {
    const events = ['ONCRMCONTACTADD', 'ONCRMCONTACTUPDATE', 'ONCRMCONTACTDELETE'];
    await order(sandbox, 'outgoing', { events, handler: keyed });
  } else if (vendor.name === 'amocrm') {
    const answer = await fetch(`${sandbox.url}/api/v4/webhooks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.credentials.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ destination: keyed, settings: ['add_contact', 'update_contact', 'delete_contact'] }),
    });
    if (!answer.ok) throw new Error(`webhooks: ${answer.status} ${await answer.text()}`);
  } else {
    await order(sandbox, 'hooks', {
      url: intake,
      headers: { 'x-pipewright-secret': signingSecret },
      entities: [vendor.stream],
    });
  }
}

/** Creatio's events are sent by a process of the customer's own: this one writes them as the connector wants them. */
function asCustomized(body: string): string {
  if (!body.startsWith('{')) return body;
  const event: unknown = JSON.parse(body);
  if (!isJsonObject(event as JsonObject) || !('recordId' in (event as JsonObject))) return body;
  const { id, entity, recordId, operation, modifiedOn } = event as JsonObject;
  return JSON.stringify({
    EventId: id ?? '',
    EntityName: entity ?? '',
    Id: recordId ?? '',
    Operation: operation ?? '',
    ModifiedOn: modifiedOn ?? '',
  });
}

function idsIn(body: string): string[] {
  if (body.startsWith('{')) return [String((JSON.parse(body) as { Id?: unknown }).Id)];
  const ids = [...new URLSearchParams(body)].filter(([name]) =>
    /^(contacts\[\w+\]\[\d+\]\[id\]|data\[FIELDS\]\[ID\])$/.test(name),
  );
  return ids.map(([, id]) => id);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
