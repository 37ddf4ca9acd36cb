import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Store } from '../store/database.js';
import type { InstallationKeys } from '../store/installation-keys.js';
import { type QueuedMail, sendNextMail } from '../store/mails.js';
import { QueueReader } from './queue-reader.js';

export interface MailerOptions {
  readonly store: Store;
  readonly keys: InstallationKeys;
  /** Undefined: letters stand in `mails` of the data folder and on the mailbox page for operators. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
  readonly dataFolder: string;
  readonly onError: (error: unknown) => void;
}

/** Sends what stands in the table of mails. */
export function createMailer(options: MailerOptions): QueueReader {
  const { store, keys, smtpUrl, from } = options;
  const transport =
    smtpUrl === undefined
      ? null
      : createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 });
  const send = async (mail: QueuedMail): Promise<'sent' | 'kept'> => {
    if (transport === null) {
      keep(options.dataFolder, from, mail);
      return 'kept';
    }
    await transport.sendMail({
      from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      ...(mail.replyTo !== undefined && { replyTo: mail.replyTo }),
      messageId: `<${mail.id}@pipewright>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return 'sent';
  };
  return new QueueReader(() => sendNextMail(store, keys, send), options.onError);
}

/** One file a letter, readable by the owner of the folder alone. */
function keep(dataFolder: string, from: string, mail: QueuedMail): void {
  const folder = join(dataFolder, 'mails');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const head = [
    `From: ${from}`,
    `To: ${mail.to}`,
    ...(mail.replyTo === undefined ? [] : [`Reply-To: ${mail.replyTo}`]),
  ];
  const text = [...head, `Subject: ${mail.subject}`, `Content-Language: ${mail.language}`, '', mail.text, ''].join(
    '\n',
  );
  writeFileSync(join(folder, `${mail.id}.txt`), text, { mode: 0o600 });
}
