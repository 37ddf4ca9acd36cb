import type { Dependencies } from '../../activities/dependencies.js';
import type { HttpClient, HttpRequest } from '../../connectors/kit/index.js';

/**
 * Places inside a batch where a test lets a worker die or freeze:
 * - intent: the transaction that notes what is about to be sent;
 * - send: the request that writes; `while_sending` lies between the last check of the fence and the first byte,
 *   `after_send` when the bytes have left and the vendor has not answered, `after_vendor_commit` when it has;
 * - confirm: the transaction that links what arrived; checkpoint: the one that moves the reading position.
 */
export const crashPoints = [
  'before_intent',
  'after_intent',
  'before_send',
  'while_sending',
  'after_send',
  'after_vendor_commit',
  'before_confirm',
  'after_confirm',
  'before_checkpoint',
  'after_checkpoint',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

export interface CrashPlan {
  readonly point: CrashPoint;
  /** SIGSTOP freezes the worker until a test continues it. */
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** At which pass of the point, counted from 1. */
  readonly nth: number;
}

/** Wraps what a worker depends on, from outside: the product knows nothing of crash points. */
export function withCrashPoint(dependencies: Dependencies, plan: CrashPlan): Dependencies {
  let left = plan.nth;
  const pass = (point: CrashPoint): void => {
    if (point !== plan.point) return;
    left -= 1;
    if (left !== 0) return;
    // Pipes are written at once, so the test hears of it before the process stands still.
    process.stdout.write(`${JSON.stringify({ kind: 'crash_point', point })}\n`);
    process.kill(process.pid, plan.signal);
    // The signal may take effect a moment later; until then this thread does nothing.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  };
  watchCommits(dependencies, pass);
  return { ...dependencies, http: (binding) => watchedClient(dependencies.http(binding), pass) };
}

function watchedClient(client: HttpClient, pass: (point: CrashPoint) => void): HttpClient {
  return {
    request: async (request) => {
      if (request.beforeSend === undefined) return client.request(request);
      const { beforeSend } = request;
      pass('before_send');
      const watched: HttpRequest = {
        ...request,
        beforeSend: () => {
          beforeSend();
          pass('while_sending');
          setTimeout(() => pass('after_send'), 15);
        },
      };
      const answer = await client.request(watched);
      pass('after_vendor_commit');
      return answer;
    },
  };
}

/** Places of the commit statement's values: see `store/commits.ts`. */
const values = { checkpoint: 2, freshLinks: 7, changedLinks: 13, intents: 20 } as const;

type Client = { query(config: unknown, values?: unknown[]): Promise<unknown> };

function watchCommits(dependencies: Dependencies, pass: (point: CrashPoint) => void): void {
  const { store } = dependencies;
  const single = store.accountQuery.bind(store);
  Object.defineProperty(store, 'accountQuery', {
    value: async (accountId: string, query: Parameters<typeof single>[1]) => {
      const kinds = kindsOf(query);
      for (const kind of kinds) pass(`before_${kind}`);
      const result = await single(accountId, query);
      for (const kind of kinds) pass(`after_${kind}`);
      return result;
    },
  });
  const original = store.accountClient.bind(store);
  const watched: typeof store.accountClient = async (accountId, work) => {
    const kinds = new Set<'intent' | 'confirm' | 'checkpoint'>();
    const result = await original(accountId, (client) => {
      const query = client.query.bind(client) as unknown as Client['query'];
      const proxy = new Proxy(client, {
        get: (target, name) => {
          if (name !== 'query') return Reflect.get(target, name, target);
          return (config: unknown, given?: unknown[]) => {
            for (const kind of kindsOf(config)) {
              kinds.add(kind);
              pass(`before_${kind}`);
            }
            return query(config, given);
          };
        },
      });
      return work(proxy);
    });
    for (const kind of kinds) pass(`after_${kind}`);
    return result;
  };
  Object.defineProperty(store, 'accountClient', { value: watched });
}

function kindsOf(config: unknown): ('intent' | 'confirm' | 'checkpoint')[] {
  const statement = config as { name?: unknown; values?: unknown[] } | null;
  if (statement?.name !== 'commit-batch' || !Array.isArray(statement.values)) return [];
  const given = statement.values;
  // A column is a list, or the text of one.
  const isFilled = (place: number): boolean => {
    const column = given[place];
    return Array.isArray(column) ? column.length > 0 : typeof column === 'string' && column !== '{}';
  };
  const kinds: ('intent' | 'confirm' | 'checkpoint')[] = [];
  if (isFilled(values.intents)) kinds.push('intent');
  if (isFilled(values.freshLinks) || isFilled(values.changedLinks)) kinds.push('confirm');
  if (given[values.checkpoint] !== null) kinds.push('checkpoint');
  return kinds;
}
