import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Scrypt as OWASP's Password Storage sheet has it where Argon2id is not to be had: N 2^15, r 8, p 3. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 96 * 1024 * 1024 } as const;
const keyBytes = 32;
/** The hash takes a core for about 0.2 s and 32 MB: more at once would stop everything else. */
const atOnce = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** `scrypt$15$8$3$<salt>$<key>`; parameters travel with the hash, so they may be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `scrypt$15$8$3$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [name, n, r, p, salt = '', key = ''] = hash.split('$');
  if (name !== 'scrypt' || `${n}$${r}$${p}` !== '15$8$3') return false;
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

async function derive(password: string, salt: Buffer): Promise<Buffer> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)));
    });
  } finally {
    const next = waiting.shift();
    // The place goes straight to the next one.
    if (next === undefined) running -= 1;
    else next();
  }
}
