import { Failure, toFailure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteRequest, WriteResult, Writer } from '../../kit/index.js';
import { parseJsonPath, textAt, valueAt } from '../../kit/json-path.js';
import type { ServiceClient } from '../client.js';
import type { ServiceBatch, ServiceStream, ServiceWrite } from '../service.js';
import { ServiceReader } from './reader.js';

type BatchMode = 'create' | 'upsert' | 'update' | 'delete';

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

  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    const outcomes = new Map<Change, Outcome>();
    const { batch } = this.#write;
    const groups =
      batch === undefined ? changes.map((change) => [change]) : groupByMode(changes, (change) => this.#modeOf(change));
    for (const group of groups) {
      try {
        if (batch === undefined) await this.#writeOne(group[0] as Change, outcomes, options);
        else await this.#writeBatch(batch, group, outcomes, options);
      } catch (error) {
        this.#giveUp(toFailure(error), group, outcomes);
      }
    }
    return { outcomes: changes.map((change) => outcomes.get(change) ?? notTried()) };
  }

  /** What stopped one group: nothing has been written yet, so it is thrown; else the rest has an unknown outcome. */
  #giveUp(failure: Failure, group: readonly Change[], outcomes: Map<Change, Outcome>): void {
    const isNothingDone = outcomes.size === 0;
    if (failure.code === 'engine/fence_lost' || (isNothingDone && failure.details?.wasSent !== true)) throw failure;
    if (isNothingDone && failure.kind !== 'transient') throw failure;
    for (const change of group) if (!outcomes.has(change)) outcomes.set(change, { state: 'unknown', failure });
  }

  #modeOf(change: Change): BatchMode {
    if (change.operation === 'update' || change.operation === 'delete') return change.operation;
    return this.#write.repeat === 'upsert' ? 'upsert' : 'create';
  }

  async #writeBatch(
    batch: ServiceBatch,
    group: readonly Change[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
  ): Promise<void> {
    const mode = this.#modeOf(group[0] as Change);
    const body: JsonObject = {
      ...(batch.mode !== undefined && { [batch.mode]: mode }),
      [batch.items]: group.map((change) => this.#item(change)),
    };
    const answer = await this.client.send({ method: 'POST', path: batch.path, body, ...options });
    if (answer.status >= 300) {
      const kind = this.client.kindOf(answer);
      if (kind !== 'rejected' && kind !== 'conflict') throw this.client.failureOf(answer);
      return this.#writeHalves(batch, group, outcomes, options, this.client.failureOf(answer));
    }
    const results = valueAt(answer.json(), parseJsonPath(batch.results));
    if (!Array.isArray(results) || results.length !== group.length)
      throw wrongResults(this.name, group.length, results);
    for (let index = 0; index < group.length; index++) {
      outcomes.set(group[index] as Change, this.#outcomeOf(batch, group[index] as Change, results[index] as JsonValue));
    }
  }

  /** A batch refused as a whole: the bad record is found by halving, the others go through. */
  async #writeHalves(
    batch: ServiceBatch,
    group: readonly Change[],
    outcomes: Map<Change, Outcome>,
    options: SendOptions,
    failure: Failure,
  ): Promise<void> {
    if (group.length === 1) {
      outcomes.set(group[0] as Change, { state: 'refused', failure: refusal(this.name, failure) });
      return;
    }
    const half = Math.ceil(group.length / 2);
    await this.#writeBatch(batch, group.slice(0, half), outcomes, options);
    await this.#writeBatch(batch, group.slice(half), outcomes, options);
  }

  #outcomeOf(batch: ServiceBatch, change: Change, result: JsonValue): Outcome {
    const status = textAt(result, parseJsonPath(batch.status)) ?? '';
    const key = textAt(result, parseJsonPath(batch.key)) ?? change.targetKey;
    if (!batch.refused.includes(status) && key !== null)
      return { state: 'written', targetKey: key, created: status === 'created' };
    const words = textAt(result, parseJsonPath(batch.error)) ?? status;
    return { state: 'refused', failure: refusedRecord(this.name, words) };
  }

  #item(change: Change): JsonObject {
    const key = this.stream.key[0] as string;
    if (change.operation === 'delete') return { [key]: change.targetKey };
    const item: JsonObject = { ...change.fields };
    if (change.operation === 'update' && change.targetKey !== null) item[key] = change.targetKey;
    else if (this.#write.own_id !== undefined) item[this.#write.own_id] = change.recordKey;
    return item;
  }

  async #writeOne(change: Change, outcomes: Map<Change, Outcome>, options: SendOptions): Promise<void> {
    const isNew = change.operation === 'create' || change.operation === 'upsert';
    const call = isNew ? this.#write.create : change.operation === 'update' ? this.#write.update : this.#write.delete;
    if (call === undefined) throw notOffered(this.name, change.operation);
    const body = change.operation === 'delete' ? undefined : this.#item(change);
    if (!isNew && body !== undefined) delete body[this.stream.key[0] as string];
    const header = this.#write.idempotency_header;
    const answer = await this.client.send({
      method: call.method ?? (isNew ? 'POST' : change.operation === 'update' ? 'PATCH' : 'DELETE'),
      path: call.path.replaceAll('{key}', encodeURIComponent(change.targetKey ?? '')),
      ...(body !== undefined && { body }),
      ...(header !== undefined && { headers: { [header]: change.effectKey } }),
      ...options,
    });
    outcomes.set(change, this.#outcomeOfOne(change, answer));
  }

  #outcomeOfOne(change: Change, answer: Awaited<ReturnType<ServiceClient['send']>>): Outcome {
    if (change.operation === 'delete' && answer.status === 404) {
      return { state: 'written', targetKey: change.targetKey ?? '', created: false };
    }
    if (answer.status >= 300) {
      const kind = this.client.kindOf(answer);
      const failure = this.client.failureOf(answer);
      if (kind === 'rejected' || kind === 'conflict') return { state: 'refused', failure: refusal(this.name, failure) };
      throw failure;
    }
    if (change.targetKey !== null) return { state: 'written', targetKey: change.targetKey, created: false };
    const key = textAt(answer.json(), parseJsonPath(this.#write.key ?? this.stream.key[0]));
    if (key === null) throw wrongResults(this.name, 1, null);
    return { state: 'written', targetKey: key, created: true };
  }

  async findByMatch(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    const field = fields.find((name) => this.stream.read?.find?.[name] !== undefined);
    if (field === undefined) {
      throw new Failure('definition/invalid', {
        message: `Stream \`${this.name}\` cannot be searched by \`${fields.join('`, `')}\`.`,
        hint: `Fields that can be searched: ${Object.keys(this.stream.read?.find ?? {}).join(', ') || 'none'}.`,
      });
    }
    const column = fields.indexOf(field);
    const asked = new Map(values.map((row) => [foldCase(JSON.stringify(row)), JSON.stringify(row)]));
    const records = await this.#reader().find(field, [...new Set(values.map((row) => row[column] as string))], signal);
    const found: FoundRecord[] = [];
    for (const record of records) {
      const row = fields.map((name) => keyText(record[name]) ?? '');
      const askedFor = asked.get(foldCase(JSON.stringify(row)));
      if (askedFor !== undefined) found.push(this.#found(record as JsonObject, askedFor));
    }
    return found;
  }

  async readByKey(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    return this.#findBy(this.stream.key[0] as string, targetKeys, signal);
  }

  async #findBy(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const records = await this.#reader().find(field, values, signal);
    return records.map((record) => this.#found(record as JsonObject, keyText(record[field]) ?? ''));
  }

  #found(record: JsonObject, askedFor: string): FoundRecord {
    return { targetKey: keyText(record[this.stream.key[0] as string]) ?? '', askedFor, fields: record };
  }

  #reader(): ServiceReader {
    return new ServiceReader(this.client, this.name, this.stream, {
      stream: this.name,
      mode: 'full',
      key: this.stream.key,
      cursorFields: null,
      start: null,
      lagMs: 0,
      where: {},
      period: null,
    });
  }
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

function foldCase(text: string): string {
  return text.toLowerCase();
}

function refusedRecord(stream: string, words: string): Failure {
  return new Failure('write/record_refused', {
    message: `\`${stream}\` refused this record: ${words.slice(0, 300)}`.replace(/\.?$/, '.'),
    hint: 'Correct the record or the mapping, then resend it.',
  });
}

function refusal(stream: string, failure: Failure): Failure {
  return new Failure('write/record_refused', {
    message: `\`${stream}\` refused this record: ${failure.message}`,
    hint: 'Correct the record or the mapping, then resend it.',
    ...(failure.details && { details: failure.details }),
  });
}

function wrongResults(stream: string, asked: number, results: JsonValue | undefined): Failure {
  const got = Array.isArray(results) ? `${results.length} results` : 'no results';
  return new Failure('read/bad_answer', {
    message: `\`${stream}\` answered with ${got} for ${asked} records.`,
    hint: 'The records are looked up or sent again; if this stays, the service definition is wrong.',
    details: { wasSent: true },
  });
}

function notTried(): Outcome {
  const failure = new Failure('vendor/unavailable', {
    message: 'The record was not sent, because an earlier part of its batch stopped.',
    hint: 'Nothing to do: it is sent again.',
  });
  return { state: 'unknown', failure };
}

function notOffered(stream: string, operation: string): Failure {
  return new Failure('definition/invalid', {
    message: `Stream \`${stream}\` offers no ${operation}.`,
    hint: 'Choose another write mode, or add the call to the service definition.',
  });
}
