import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { Failure } from '../core/failures.js';
import { findProjectFolder } from '../runtime/project-folder.js';
import type { InstallationKeys } from '../store/installation-keys.js';

// The package is CommonJS and names no exports that ES modules could see.
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const encoding = 'binary/pipewright-aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Keys by their id; the first encrypts, all of them decrypt, so that old histories replay after a rotation. */
export interface CodecKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Encrypts every payload before it leaves the process: Temporal stores nothing in clear (D16). */
export class EncryptionCodec implements PayloadCodec {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #current: CodecKey;

  constructor(current: CodecKey, previous: readonly CodecKey[] = []) {
    this.#current = current;
    this.#keys = new Map([...previous, current].map((entry) => [entry.id, entry.key]));
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', this.#current.key, nonce);
      const plain = PayloadMessage.encode(payload).finish();
      return {
        metadata: { encoding: Buffer.from(encoding), 'key-id': Buffer.from(this.#current.id) },
        data: Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
      };
    });
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => {
      if (Buffer.from(payload.metadata?.encoding ?? []).toString() !== encoding) return payload;
      const key = this.#keys.get(Buffer.from(payload.metadata?.['key-id'] ?? []).toString());
      if (key === undefined || payload.data == null) throw unreadable();
      const bytes = Buffer.from(payload.data);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
      const plain = Buffer.concat([
        decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)),
        decipher.final(),
      ]);
      return PayloadMessage.decode(plain);
    });
  }
}

function unreadable(): Failure {
  return new Failure('vault/unreadable', {
    message: 'A workflow history was written under a master key that is not known here.',
    hint: 'Name that key in MASTER_KEY_PREVIOUS.',
  });
}

/** Writes under the newest key and reads under all of them, also under what an earlier release wrote with. */
export function payloadCodec(keys: InstallationKeys): EncryptionCodec {
  const [current, ...others] = keys.ids.flatMap((id) => {
    const key = keys.derivedOf(id, 'payloads');
    return key === undefined ? [] : [{ id, key }];
  });
  if (current === undefined) throw unreadable();
  return new EncryptionCodec(current, others);
}

/** What every client and worker of the product uses to speak to Temporal. */
export function dataConverter(codec: PayloadCodec): DataConverter {
  return { payloadCodecs: [codec], failureConverterPath: failureConverterPath() };
}

export function failureConverterPath(): string {
  return `${findProjectFolder()}/workflows/failure-converter.cjs`;
}
