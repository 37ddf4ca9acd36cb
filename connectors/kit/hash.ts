import { hash } from 'node:crypto';

/** 16 hex digits that tell whether a record has changed; not for security. */
export function shortHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
