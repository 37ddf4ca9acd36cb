import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Set by `scripts/record-examples.mjs`: answers of tests are kept there, one file for each route and status. */
const folder = process.env.PIPEWRIGHT_EXAMPLES;
const wantedLength = 1_500;
const mostMembers = 2;

/** Keeps an answer as the example of its route when it shows more than the one kept before. */
export function keepAsExample(route: string, status: number, body: unknown): void {
  if (folder === undefined || status >= 300 || body === undefined) return;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${route}-${status}.json`);
  const text = JSON.stringify(madePresentable(body), null, 2);
  if (worthOf(text) > worthOf(readIfThere(path))) writeFileSync(path, text);
}

/** The longest one up to a length that is still a pleasure to read. */
function worthOf(text: string): number {
  return text.length <= wantedLength ? text.length : Math.max(1, wantedLength - text.length / 10);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The same answer with short lists and with ids, instants, addresses and secrets that belong to nobody. */
function madePresentable(body: unknown): unknown {
  const ids = new Map<string, string>();
  const idFor = (found: string): string => {
    const known = ids.get(found) ?? `01978f3a-6c1e-7d20-9a51-${String(ids.size + 1).padStart(12, '0')}`;
    ids.set(found, known);
    return known;
  };
  const texts = (text: string): string =>
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, idFor)
      .replace(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '2026-03-02T09:30:00.000Z')
      .replace(/https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?/g, 'https://pipewright.example.com')
      .replace(/\b(127\.0\.0\.1|::1)\b(:\d+)?/g, '203.0.113.7')
      .replace(/https?%3A%2F%2F127\.0\.0\.1(%3A\d+)?/g, 'https%3A%2F%2Fpipewright.example.com')
      .replace(/[\w.+-]+%40[\w.-]*example\.(test|com)/g, 'maria%40example.com')
      .replace(/[\w.+-]+@[\w.-]*example\.(test|com)/g, 'maria@example.com')
      .replace(/pw_[A-Za-z0-9]{4,}_[\w-]{20,}/g, 'pw_a1b2c3d4_shown-once-and-kept-by-you-alone')
      .replace(/whsec_[A-Za-z0-9+/=]{16,}/g, 'whsec_c2hvd24tb25jZS1hbmQta2VwdC1ieS15b3UtYWxvbmU=')
      .replace(/\b[0-9a-f]{32,}\b/g, (found) =>
        '0123456789abcdef'.repeat(Math.ceil(found.length / 16)).slice(0, found.length),
      )
      .replace(/\b(?=[\w-]*\d)(?=[\w-]*[A-Z])[A-Za-z0-9_-]{32,}\b/g, (found) =>
        'Xn4kT9sQ'.repeat(8).slice(0, Math.min(found.length, 64)),
      );
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return texts(value);
    if (Array.isArray(value)) return value.slice(0, mostMembers).map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [texts(name), walk(each)]));
  };
  return walk(body);
}
