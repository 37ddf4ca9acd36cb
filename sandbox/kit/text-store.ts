const CHUNK_BYTES = 1 << 20;

/** Where a text lies: chunk number times the chunk size plus the offset. */
export type Place = number;

/**
 * Keeps texts as UTF-8 bytes in large chunks outside the heap: a page is then a few memory copies, and a million
 * records do not burden the garbage collector. A chunk is given back when its last text is gone.
 */
export class TextStore {
  #chunks: (Buffer | undefined)[] = [];
  #live: number[] = [];
  #current = -1;
  #offset = CHUNK_BYTES;
  liveBytes = 0;
  heldBytes = 0;

  /** Appends the pieces as one text and returns its place; `sizeOfLast` is its length in bytes. */
  put(...pieces: readonly (string | Buffer)[]): Place {
    // Three bytes a UTF-16 unit is the worst case; a little room at the end of a chunk is wasted for it.
    const most = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length * 3 : piece.length), 0);
    if (most > CHUNK_BYTES - this.#offset) this.#open(Math.max(CHUNK_BYTES, most));
    const chunk = this.#chunks[this.#current];
    if (chunk === undefined) throw new RangeError('The text store has no open chunk.');
    const place = this.#current * CHUNK_BYTES + this.#offset;
    let end = this.#offset;
    for (const piece of pieces) {
      end += typeof piece === 'string' ? chunk.write(piece, end, 'utf8') : piece.copy(chunk, end);
    }
    const size = end - this.#offset;
    this.#offset += size;
    this.#live[this.#current] = (this.#live[this.#current] ?? 0) + size;
    this.liveBytes += size;
    this.sizeOfLast = size;
    return place;
  }

  sizeOfLast = 0;

  /** The bytes themselves, not a copy: they must be used before the text is dropped. */
  view(place: Place, size: number): Buffer {
    const index = Math.floor(place / CHUNK_BYTES);
    const offset = place - index * CHUNK_BYTES;
    const chunk = this.#chunks[index];
    if (chunk === undefined) throw new RangeError('The text was dropped.');
    return chunk.subarray(offset, offset + size);
  }

  text(place: Place, size: number): string {
    const index = Math.floor(place / CHUNK_BYTES);
    const offset = place - index * CHUNK_BYTES;
    const chunk = this.#chunks[index];
    if (chunk === undefined) throw new RangeError('The text was dropped.');
    return chunk.toString('utf8', offset, offset + size);
  }

  /** Copies a text into `target` and returns the next free offset there. */
  copy(place: Place, size: number, target: Buffer, at: number): number {
    const index = Math.floor(place / CHUNK_BYTES);
    const offset = place - index * CHUNK_BYTES;
    this.#chunks[index]?.copy(target, at, offset, offset + size);
    return at + size;
  }

  drop(place: Place, size: number): void {
    const index = Math.floor(place / CHUNK_BYTES);
    const left = (this.#live[index] ?? 0) - size;
    this.#live[index] = left;
    this.liveBytes -= size;
    if (left > 0 || index === this.#current) return;
    this.heldBytes -= this.#chunks[index]?.length ?? 0;
    this.#chunks[index] = undefined;
  }

  #open(size: number): void {
    // A text larger than a chunk gets a buffer of its own size under one chunk number.
    this.#chunks.push(Buffer.allocUnsafeSlow(size));
    this.#live.push(0);
    this.heldBytes += size;
    this.#current = this.#chunks.length - 1;
    this.#offset = 0;
  }
}
