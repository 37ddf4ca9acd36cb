import * as crypto from 'node:crypto';
import type { JsonObject } from '../../kit/json.js';

/** Bytes of files and images. Those of seeded rows follow from the id and cost nothing until they are replaced. */
export class FileStore {
  readonly #held = new Map<string, { readonly bytes: Buffer; readonly type: string }>();

  put(entity: string, id: string, column: string, bytes: Buffer, type: string): void {
    this.#held.set(`${entity}/${id}/${column}`, { bytes, type });
  }

  has(entity: string, id: string, column: string): boolean {
    return this.#held.has(`${entity}/${id}/${column}`);
  }

  /** The bytes of a column; undefined when there are none. */
  get(
    entity: string,
    record: JsonObject,
    column: string,
  ): { readonly bytes: Buffer; readonly type: string } | undefined {
    const held = this.#held.get(`${entity}/${String(record.Id)}/${column}`);
    if (held !== undefined) return held;
    if (record.Uploaded !== true || typeof record.Size !== 'number') return undefined;
    return { bytes: seededBytes(String(record.Id), record.Size), type: 'application/octet-stream' };
  }

  drop(entity: string, id: string): void {
    for (const key of this.#held.keys()) if (key.startsWith(`${entity}/${id}/`)) this.#held.delete(key);
  }

  clear(): void {
    this.#held.clear();
  }
}

/** The content of a seeded file: repeatable, and different for every id. */
function seededBytes(id: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  const block = crypto.createHash('sha256').update(id).digest();
  for (let at = 0; at < size; at += block.length) block.copy(bytes, at);
  return bytes;
}
