import { hashOf } from '../kit/effect-log.js';

/** A file kept by the portal. */
export interface StoredFile {
  readonly id: number;
  readonly name: string;
  readonly bytes: Buffer;
  readonly createdAt: number;
  readonly createdBy: number;
}

/** All files of the portal: those of fields, of comments and of the disk have their numbers from one counter. */
export class FileShelf {
  readonly #files = new Map<number, StoredFile>();
  #lastId = 8001;

  get count(): number {
    return this.#files.size;
  }

  add(name: string, bytes: Buffer, createdAt: number, createdBy: number): StoredFile {
    this.#lastId += 2;
    const file = { id: this.#lastId, name, bytes, createdAt, createdBy };
    this.#files.set(file.id, file);
    return file;
  }

  get(id: number): StoredFile | undefined {
    return this.#files.get(id);
  }

  all(): IterableIterator<StoredFile> {
    return this.#files.values();
  }

  /** What makes the link to a file valid. */
  signature(id: number): string {
    return hashOf(`file/${id}`).toString(16).padStart(12, '0');
  }
}
