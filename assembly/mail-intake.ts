import { once } from 'node:events';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Reply } from '../api/services/visitor-requests.js';
import { Failure } from '../core/failures.js';
import { readMail } from './mail-reading.js';

export interface MailIntakeOptions {
  /** `host:port` to listen on. */
  readonly listen: string;
  /** Letters come to this address with a mark: `requests+<mark>@example.com`. */
  readonly replyAddress: string;
  isKnownMark(mark: string): Promise<boolean>;
  takeReply(reply: Reply): Promise<'taken' | 'repeated' | 'refused'>;
  readonly onError: (error: unknown) => void;
}

export interface MailIntake {
  stop(): Promise<void>;
}

const mostBytes = 1024 * 1024;

/**
 * Takes answers to requests by SMTP. It relays nothing: only addresses with a known mark are taken, and of their letters
 * only those of the requester; what programs write is dropped without an answer, so that no two of them talk for ever.
 */
export async function startMailIntake(options: MailIntakeOptions): Promise<MailIntake> {
  const marks = markReader(options.replyAddress);
  const server = new SMTPServer({
    name: options.replyAddress.slice(options.replyAddress.lastIndexOf('@') + 1),
    banner: 'Pipewright',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: mostBytes,
    maxClients: 50,
    socketTimeout: 60_000,
    closeTimeout: 2_000,
    logger: false,
    onRcptTo: ({ address }, session, done) => {
      answer(options, done, async () => {
        const mark = marks(address);
        if (mark === null || !(await options.isKnownMark(mark))) throw refusal(550, 'There is no such mailbox.');
        if (session.envelope.rcptTo.length > 0) throw refusal(452, 'One recipient at a time.');
      });
    },
    onData: (stream, session, done) => {
      answer(options, done, () => take(options, marks, stream, session));
    },
  });
  server.on('error', options.onError);
  await listen(server, options.listen);
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function take(
  options: MailIntakeOptions,
  marks: (address: string) => string | null,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> {
  const raw = await readAll(stream);
  if (raw === null) throw refusal(552, 'The letter is larger than 1 MB.');
  const mark = marks(session.envelope.rcptTo[0]?.address ?? '');
  // A bounce: its envelope has no sender.
  const isBounce = session.envelope.mailFrom === false || session.envelope.mailFrom.address === '';
  if (mark === null || isBounce) return;
  const mail = await readMail(raw).catch(() => {
    throw refusal(554, 'The letter cannot be read.');
  });
  if (mail.isAutomatic) return;
  if (mail.from === null || mail.text === '') throw refusal(554, 'The letter has no sender or no text.');
  const { from, text, messageId } = mail;
  const outcome = await options.takeReply({ mark, from, text, messageId });
  if (outcome === 'refused') throw refusal(550, 'Only whoever asked may answer here.');
}

/** Null where there is more than one letter may have; the rest is read and thrown away. */
async function readAll(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= mostBytes) chunks.push(chunk);
  }
  return length > mostBytes ? null : Buffer.concat(chunks);
}

type Done = (error?: Error | null) => void;

/** Tells the other server what it may say; of our own troubles only that it should come again. */
function answer(options: MailIntakeOptions, done: Done, work: () => Promise<void>): void {
  work().then(
    () => done(),
    (error: unknown) => {
      if (isRefusal(error)) return done(error);
      options.onError(error);
      done(refusal(451, 'Try again later.'));
    },
  );
}

function refusal(responseCode: number, message: string): Error & { readonly responseCode: number } {
  return Object.assign(new Error(message), { responseCode });
}

function isRefusal(error: unknown): error is Error {
  return typeof (error as { responseCode?: unknown } | null)?.responseCode === 'number';
}

/** The mark in an address of ours; null in any other. Mail programs may write it in capitals. */
function markReader(replyAddress: string): (address: string) => string | null {
  const at = replyAddress.lastIndexOf('@');
  const start = `${replyAddress.slice(0, at)}+`.toLowerCase();
  const end = replyAddress.slice(at).toLowerCase();
  return (address) => {
    const lower = address.toLowerCase();
    if (!lower.startsWith(start) || !lower.endsWith(end)) return null;
    const mark = lower.slice(start.length, lower.length - end.length);
    return /^[0-9a-f]{32}$/.test(mark) ? mark : null;
  };
}

async function listen(server: SMTPServer, place: string): Promise<void> {
  const colon = place.lastIndexOf(':');
  try {
    const listening = server.listen(Number(place.slice(colon + 1)), place.slice(0, colon).replace(/^\[|\]$/g, ''));
    await once(listening, 'listening');
  } catch (error) {
    throw new Failure('settings/invalid_value', {
      message: `Mail cannot be taken at \`${place}\`.`,
      hint: 'Stop what uses it, or choose another place with MAIL_INTAKE.',
      cause: error,
    });
  }
}
