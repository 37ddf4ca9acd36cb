import type { JsonObject } from '../kit/json.js';
import type { Random } from '../kit/random.js';

/** A file of the account. */
export interface DriveFile {
  readonly uuid: string;
  readonly id: number;
  readonly versionUuid: string;
  name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
  readonly createdAt: number;
  readonly createdBy: number;
  updatedAt: number;
  deletedAt: number | null;
}

/** A file on its way in, part by part. */
interface Session {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly mimeType: string;
  readonly parts: Buffer[];
}

export const LARGEST_FILE = 314_572_800;
export const LARGEST_PART = 524_288;

/** The account's file service: uploads in parts, files, and which record has which file. */
export class Drive {
  readonly files = new Map<string, DriveFile>();
  /** Uuids of files by `entity:id`. */
  readonly #attached = new Map<string, Set<string>>();
  readonly #sessions = new Map<string, Session>();
  readonly #random: Random;
  #lastId = 26_136_000;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Opens an upload; the token stands in the address of its next part. */
  open(name: string, size: number, mimeType: string): { readonly id: number; readonly token: string } {
    this.#lastId += 1;
    return { id: this.#lastId, token: this.#continue({ id: this.#lastId, name, size, mimeType, parts: [] }) };
  }

  /** Takes a part: the token of the next one, the finished file, or undefined for an unknown token. */
  take(
    token: string,
    part: Buffer,
    by: number,
    now: number,
  ): { readonly next: string; readonly id: number } | DriveFile | undefined {
    const session = this.#sessions.get(token);
    if (session === undefined) return undefined;
    this.#sessions.delete(token);
    session.parts.push(part);
    const bytes = Buffer.concat(session.parts);
    if (bytes.length < session.size) return { next: this.#continue(session), id: session.id };
    return this.put(session.name, session.mimeType, bytes, by, now);
  }

  put(name: string, mimeType: string, bytes: Buffer, by: number, now: number): DriveFile {
    this.#lastId += 1;
    const file: DriveFile = {
      uuid: this.#uuid(),
      id: this.#lastId,
      versionUuid: this.#uuid(),
      name,
      mimeType,
      bytes,
      createdAt: now,
      createdBy: by,
      updatedAt: now,
      deletedAt: null,
    };
    this.files.set(file.uuid, file);
    return file;
  }

  attachedTo(owner: string): readonly string[] {
    return [...(this.#attached.get(owner) ?? [])];
  }

  attach(owner: string, uuid: string): void {
    const held = this.#attached.get(owner) ?? new Set();
    this.#attached.set(owner, held.add(uuid));
  }

  detach(owner: string, uuid: string): void {
    this.#attached.get(owner)?.delete(uuid);
  }

  #continue(session: Session): string {
    const token = `${this.#random.hex(24)}.${this.#random.hex(40)}`;
    this.#sessions.set(token, session);
    return token;
  }

  #uuid(): string {
    const digits = this.#random.hex(32);
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `a${digits.slice(17, 20)}`,
      digits.slice(20),
    ].join('-');
  }
}

/** A file as the service shows it; `base` is the address of the service. */
export function shownFile(base: string, file: DriveFile): JsonObject {
  const [, extension = ''] = /\.([^.]+)$/.exec(file.name) ?? [];
  const by = { id: file.createdBy, type: 'internal' };
  return {
    uuid: file.uuid,
    id: file.id,
    version_uuid: file.versionUuid,
    name: file.name,
    sanitized_name: file.name.normalize('NFD').replace(/[^\w.-]/g, '_'),
    size: file.bytes.length,
    type: file.mimeType.split('/')[0] === 'image' ? 'image' : 'file',
    is_trashed: file.deletedAt !== null,
    source_id: null,
    has_multiple_versions: false,
    created_at: file.createdAt,
    created_by: by,
    updated_at: file.updatedAt,
    updated_by: by,
    deleted_at: file.deletedAt,
    deleted_by: null,
    metadata: { extension, mime_type: file.mimeType },
    previews: null,
    _links: {
      self: { href: `${base}/v1.0/files/${file.uuid}` },
      download: { href: `${base}/download/${file.uuid}/${encodeURIComponent(file.name)}` },
      download_version: { href: `${base}/download/${file.uuid}/${file.versionUuid}/${encodeURIComponent(file.name)}` },
    },
  };
}
