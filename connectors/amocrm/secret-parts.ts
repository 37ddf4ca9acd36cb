import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';

export function textOf(secret: JsonObject, name: string): string | null {
  const value = secret[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function missing(name: string): never {
  throw new Failure('connection/invalid_secret', {
    message: `The secret of this connection has no \`${name}\`.`,
    hint: 'Connect it again and enter all parts of the secret.',
    details: { wasSent: false },
  });
}
