/** One request as the server saw it; `at` and `ms` are of the sandbox clock, so overlaps in time can be computed. */
export interface RequestEntry {
  readonly seq: number;
  readonly at: string;
  /** From arrival to the last byte handed to the socket, in milliseconds. */
  readonly ms: number;
  readonly method: string;
  readonly path: string;
  /** 0 when the connection was closed without an answer. */
  readonly status: number;
  /** Records in the request (1 for a single write, the size of a batch), 0 for reads. */
  readonly records: number;
  readonly fault: string | null;
}

const KEPT = 300_000;
const LONGEST_PATH = 300;

/** The newest requests, oldest first; when it is full the older half is forgotten. */
export class RequestLog {
  #entries: RequestEntry[] = [];
  #lastSeq = 0;

  get lastSeq(): number {
    return this.#lastSeq;
  }

  add(entry: Omit<RequestEntry, 'seq'>): void {
    this.#lastSeq += 1;
    const path = entry.path.length > LONGEST_PATH ? `${entry.path.slice(0, LONGEST_PATH)}...` : entry.path;
    this.#entries.push({ seq: this.#lastSeq, ...entry, path });
    if (this.#entries.length > KEPT) this.#entries = this.#entries.slice(KEPT / 2);
  }

  list(after = 0): RequestEntry[] {
    const first = this.#entries[0]?.seq ?? 1;
    return this.#entries.slice(Math.max(0, after + 1 - first));
  }

  clear(): void {
    this.#entries = [];
    this.#lastSeq = 0;
  }
}
