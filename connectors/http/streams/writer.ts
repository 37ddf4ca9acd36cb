import { Failure, toFailure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteRequest, WriteResult, Writer } from '../../kit/index.js';
import { parseJsonPath, valueAt } from '../../kit/json-path.js';
import { pathWithKey, type ServiceClient } from '../client.js';
import type { ServiceBatch, ServiceStream, ServiceWrite } from '../service.js';
import { findMatches } from './matching.js';
import { notSent, outcomeOfAnswer, outcomeOfResult, refusalOf, wrongResults } from './outcomes.js';
import { ServiceReader } from './reader.js';

type BatchMode = 'create' | 'upsert' | 'update' | 'delete';

const methods = { create: 'POST', update: 'PATCH', delete: 'DELETE' } as const;

/** What stopped a write, and the changes whose request it was. */
class Stopped extends Error {
  constructor(
    readonly failure: Failure,
    readonly group: readonly Change[],
  ) {
    super(failure.message);
  }
}

/** Writes a stream of a declarative service, in batches where the service has them, else one call for each record. */
export class ServiceWriter implements Writer {
  readonly #write: ServiceWrite;
  readonly findByOwnId?: (recordKeys: readonly string[], signal: AbortSignal) => Promise<readonly FoundRecord[]>;

  constructor(
    readonly client: ServiceClient,
    readonly name: string,
    readonly stream: ServiceStream,
    readonly request: WriteRequest,
  ) {
    if (stream.write === undefined) {
      throw new Failure('read/unknown_stream', {
        message: `Stream \`${name}\` cannot be written.`,
        hint: 'Choose a stream that the service lets write.',
      });
    }
    this.#write = stream.write;
    const ownId = stream.write.own_id;
    if (ownId !== undefined && stream.read?.find?.[ownId] !== undefined) {
      this.findByOwnId = (keys, signal) => this.#findBy(ownId, keys, signal);
    }
  }

  /**
   * The first request that gets no usable answer ends the write: its changes are in doubt unless it was not sent, and
   * those after it have not been sent at all (`details.wasSent` false). Where nothing was done yet it is thrown.
   */
  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    const outcomes = new Map<Change, Outcome>();
    const { batch } = this.#write;
    try {
      if (batch === undefined) for (const change of changes) await this.#writeOne(change, outcomes, options);
      else {
        const groups = groupByMode(changes, (change) => this.#modeOf(change));
        for (const group of groups) await this.#writeBatch(batch, group, outcomes, options);
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.#giveUp(error, changes, outcomes);
    }
    return { outcomes: changes.map((change) => outcomes.get(change) as Outcome) };
  }

  #giveUp({ failure, group }: Stopped, changes: readonly Change[], outcomes: Map<Change, Outcome>): void {
    if (failure.code === 'engine/fence_lost') throw failure;
    const isInDoubt = failure.kind === 'transient' && failure.details?.wasSent === true;
    if (outcomes.size === 0 && !isInDoubt) throw failure;
    if (isInDoubt) for (const change of group) outcomes.set(change, { state: 'unknown', failure });
    for (const change of changes) if (!outcomes.has(change)) outcomes.set(change, notSent(failure));
  }

  #modeOf(change: Change): BatchMode {
    const operation = operationOf(change);
    if (operation !== 'create') return operation;
    return this.#write.repeat === 'upsert' ? 'upsert' : 'create';
  }

  async #writeBatch(
    batch: ServiceBatch,
    group: readonly Change[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<void> {
    const refusal = await stoppable(group, options.signal, () => this.#sendBatch(batch, group, outcomes, options));
    if (refusal === null) return;
    // A batch refused as a whole: the bad record is found by halving, the others go through.
    const half = Math.ceil(group.length / 2);
    if (half === group.length) outcomes.set(group[0] as Change, refusalOf(this.name, refusal));
    else
      for (const part of [group.slice(0, half), group.slice(half)])
        await this.#writeBatch(batch, part, outcomes, options);
  }

  /** Null when each change has its outcome; a failure when the service refused the batch for what stands in it. */
  async #sendBatch(
    batch: ServiceBatch,
    group: readonly Change[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<Failure | null> {
    const mode = this.#modeOf(group[0] as Change);
    const body: JsonObject = {
      ...(batch.mode !== undefined && { [batch.mode]: mode }),
      [batch.items]: group.map((change) => this.#item(change)),
    };
    const answer = await this.client.send({ method: 'POST', path: batch.path, body, ...options });
    if (answer.status >= 300) {
      const kind = this.client.kindOf(answer);
      if (answer.status === 404 || answer.status === 405) throw noBatches(this.name, answer.status);
      if (kind !== 'rejected' && kind !== 'conflict') throw this.client.failureOf(answer);
      return this.client.failureOf(answer);
    }
    const results = valueAt(answer.json(), parseJsonPath(batch.results));
    if (!Array.isArray(results) || results.length !== group.length)
      throw wrongResults(this.name, group.length, results);
    for (const [index, change] of group.entries())
      outcomes.set(change, outcomeOfResult(this.name, batch, change, results[index] as JsonValue));
    return null;
  }

  #item(change: Change): JsonObject {
    const key = this.stream.key[0] as string;
    const operation = operationOf(change);
    if (operation === 'delete') return { [key]: change.targetKey };
    const item: JsonObject = { ...change.fields };
    if (operation === 'update') item[key] = change.targetKey;
    else if (this.#write.own_id !== undefined) item[this.#write.own_id] = change.recordKey;
    return item;
  }

  async #writeOne(change: Change, outcomes: Map<Change, Outcome>, options: SendOptions): Promise<void> {
    const operation = operationOf(change);
    const isNew = operation === 'create';
    const call = this.#write[operation];
    if (call === undefined) throw notOffered(this.name, operation);
    const body = operation === 'delete' ? undefined : this.#item(change);
    if (!isNew && body !== undefined) delete body[this.stream.key[0] as string];
    const header = this.#write.idempotency_header;
    const path = isNew ? call.path : pathWithKey(call.path, change.targetKey ?? '');
    const outcome = await stoppable([change], options.signal, async () => {
      const answer = await this.client.send({
        method: call.method ?? methods[operation],
        path,
        ...(body !== undefined && { body }),
        ...(header !== undefined && { headers: { [header]: change.effectKey } }),
        ...options,
      });
      const keyPath = this.#write.key ?? (this.stream.key[0] as string);
      return outcomeOfAnswer(this.client, this.name, change, answer, keyPath);
    });
    outcomes.set(change, outcome);
  }

  findByMatch(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    return findMatches(this.#finder, this.stream, fields, values, signal);
  }

  async readByKey(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    return this.#findBy(this.stream.key[0] as string, targetKeys, signal);
  }

  async #findBy(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const records = await this.#finder.find(field, values, signal);
    const key = this.stream.key[0] as string;
    return records.map((record) => ({
      targetKey: keyText(record[key]) ?? '',
      askedFor: keyText(record[field]) ?? '',
      fields: record as JsonObject,
    }));
  }

  get #finder() {
    const { key } = this.stream;
    const request = { stream: this.name, mode: 'full', key, cursorFields: null, start: null } as const;
    return new ServiceReader(this.client, this.name, this.stream, { ...request, lagMs: 0, where: {}, period: null })
      .finder;
  }
}

/** The reason of an abort is whatever the caller gave; it is passed on as it is. */
async function stoppable<T>(group: readonly Change[], signal: AbortSignal, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw signal.aborted ? error : new Stopped(toFailure(error), group);
  }
}

/** A record whose id at the target is known is updated, even where it does not carry our own id yet. */
function operationOf({ operation, targetKey }: Change): 'create' | 'update' | 'delete' {
  if (operation === 'update' || operation === 'delete') return operation;
  return operation === 'upsert' && targetKey !== null ? 'update' : 'create';
}

/** Groups of one mode each; the order within a mode is kept, and no record stands in a batch twice. */
function groupByMode(changes: readonly Change[], modeOf: (change: Change) => BatchMode): Change[][] {
  const groups = new Map<BatchMode, Change[]>();
  for (const change of changes) {
    const mode = modeOf(change);
    const group = groups.get(mode);
    if (group === undefined) groups.set(mode, [change]);
    else group.push(change);
  }
  return [...groups.values()];
}

function noBatches(stream: string, status: number): Failure {
  return new Failure('connection/invalid_settings', {
    message: `The service has no batches for \`${stream}\` at the path of its definition (status ${status}).`,
    hint: 'Correct `batch.path` in the service definition, or leave `batch` out.',
    details: { status, wasSent: false },
  });
}

function notOffered(stream: string, operation: string): Failure {
  return new Failure('definition/invalid', {
    message: `Stream \`${stream}\` offers no ${operation}.`,
    hint: 'Choose another write mode, or add the call to the service definition.',
  });
}
