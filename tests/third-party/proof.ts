import { type Json, type JsonObject, sameJson } from '../../sandbox/kit/json.js';
import type { Sandbox } from '../../sandbox/kit/sandbox.js';
import type { Figure, Measured } from '../siege/siege.js';

/** One client that somebody else wrote, doing its work against a sandbox. */
export interface ClientProof {
  /** Name and version of the package. */
  readonly client: string;
  /** Starts the sandbox, runs the client, compares what it saw with what the sandbox holds. */
  prove(): Promise<Measured>;
}

/** What the client saw, against what the sandbox has. */
export function same(what: string, seen: Json | undefined, wanted: Json): Figure {
  const text = (value: Json | undefined): string => (JSON.stringify(value) ?? 'nothing').slice(0, 200);
  return { what, required: text(wanted), measured: text(seen), isKept: sameJson(seen, wanted), isTimed: false };
}

/** All records of a stream as the sandbox holds them. */
export async function recordsOf(sandbox: Sandbox, stream: string): Promise<JsonObject[]> {
  const answer = await fetch(`${sandbox.control}/state?stream=${stream}`);
  const { streams } = (await answer.json()) as { streams: Record<string, JsonObject[]> };
  return streams[stream] ?? [];
}

/** The record of that id. */
export async function recordOf(sandbox: Sandbox, stream: string, id: Json | undefined): Promise<JsonObject> {
  const records = await recordsOf(sandbox, stream);
  return records.find((record) => (record.id ?? record.Id) === id) ?? {};
}

interface Logged {
  readonly effect: string;
  readonly stream: string;
  readonly status: number;
}

/** How many writes of the log really happened. */
export function countOf(log: { list(): Logged[] }, effect: string, stream: string): number {
  return log.list().filter((one) => one.effect === effect && one.stream === stream && one.status < 300).length;
}
