import type { AmoClient } from '../client.js';

const mostIds = 200_000;

/** Records that were seen at an account by this process; one that is deleted meanwhile is refused by the vendor. */
const seen = new Set<string>();

/** Saves the question whether a record is there, where this process made it or has asked before. */
export class ExistingIds {
  readonly #account: string;

  constructor(client: AmoClient) {
    this.#account = `${client.context.connectionId} ${client.places.baseUrl}`;
  }

  has(list: string, id: string): boolean {
    return seen.has(`${this.#account} ${list} ${id}`);
  }

  add(list: string, id: string): void {
    if (seen.size >= mostIds) for (const oldest of seen) if (seen.delete(oldest) && seen.size < mostIds) break;
    seen.add(`${this.#account} ${list} ${id}`);
  }
}
