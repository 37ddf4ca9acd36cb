import { STATUS_CODES } from 'node:http';
import type { Answer } from '../../kit/exchange.js';
import type { Random } from '../../kit/random.js';
import { randomGuid } from '../guid.js';
import type { BatchPart, PartAnswer } from './batch.js';

/** Reads a multipart batch; a nested multipart is a group. Undefined when it cannot be read. */
export function parseMultipart(body: Buffer, contentType: string): BatchPart[] | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  const parts: BatchPart[] = [];
  let groups = 0;
  for (const piece of piecesOf(body.toString('utf8'), boundary)) {
    const { headers, rest } = headAndRest(piece);
    const inner = boundaryOf(headers['content-type'] ?? '');
    if (inner === undefined) {
      const part = httpPart(rest, headers, null);
      if (part === undefined) return undefined;
      parts.push(part);
      continue;
    }
    groups += 1;
    for (const nested of piecesOf(rest, inner)) {
      const { headers: outer, rest: http } = headAndRest(nested);
      const part = httpPart(http, outer, `changeset-${groups}`);
      if (part === undefined) return undefined;
      parts.push(part);
    }
  }
  return parts;
}

/** The answers in the same form: a group comes as a multipart of its own. */
export function multipartAnswer(answers: readonly PartAnswer[], random: Random): Answer {
  const boundary = `batchresponse_${randomGuid(random)}`;
  let text = '';
  for (let at = 0; at < answers.length; ) {
    const first = answers[at];
    if (first === undefined) break;
    const members = answers.slice(at).filter(({ group }) => first.group !== null && group === first.group);
    text += `--${boundary}\r\n`;
    text += first.group === null ? httpAnswer(first, false) : changeset(members, random);
    at += first.group === null ? 1 : members.length;
  }
  text += `--${boundary}--\r\n`;
  return {
    status: 200,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}`, 'odata-version': '4.0' },
    body: text,
  };
}

function changeset(members: readonly PartAnswer[], random: Random): string {
  // A refused group is answered by the refusal alone, without a multipart around it.
  const [only] = members;
  if (members.length === 1 && only !== undefined && only.answer.status >= 400) return httpAnswer(only, true);
  const boundary = `changesetresponse_${randomGuid(random)}`;
  const inner = members.map((member) => `--${boundary}\r\n${httpAnswer(member, true)}`).join('');
  return `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`;
}

function httpAnswer({ id, answer }: PartAnswer, withContentId: boolean): string {
  const body = typeof answer.body === 'string' ? answer.body : '';
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  const contentId = withContentId && id !== null ? `Content-ID: ${id}\r\n` : '';
  return `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${contentId}\r\nHTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${headers.join('')}\r\n${body}\r\n`;
}

function httpPart(text: string, outer: Readonly<Record<string, string>>, group: string | null): BatchPart | undefined {
  const line = /^\s*([A-Z]+) (\S+)(?: HTTP\/\d\.\d)?[ \t]*\r?\n?/.exec(text);
  if (line === null) return undefined;
  const { headers, rest } = headAndRest(text.slice(line[0].length));
  return {
    // Content-ID stands before the request line, or among its headers, as in the vendor's own examples.
    id: outer['content-id'] ?? headers['content-id'] ?? null,
    group,
    method: line[1] ?? '',
    url: line[2] ?? '',
    headers,
    body: Buffer.from(rest.trim()),
  };
}

function boundaryOf(contentType: string): string | undefined {
  return /boundary="?([^";\s]+)"?/i.exec(contentType)?.[1];
}

function piecesOf(text: string, boundary: string): string[] {
  const pieces = text.split(`--${boundary}`).slice(1);
  return pieces.filter((piece) => !piece.startsWith('--')).map((piece) => piece.replace(/^[ \t]*\r?\n/, ''));
}

function headAndRest(text: string): { headers: Record<string, string>; rest: string } {
  const headers: Record<string, string> = {};
  let rest = text;
  for (;;) {
    const line = /^([^\r\n]*)(\r?\n|$)/.exec(rest);
    if (line === null) return { headers, rest };
    rest = rest.slice(line[0].length);
    const content = line[1] ?? '';
    if (content.trim() === '') return { headers, rest };
    const mark = content.indexOf(':');
    headers[content.slice(0, mark).trim().toLowerCase()] = content.slice(mark + 1).trim();
    if (rest === '') return { headers, rest };
  }
}
