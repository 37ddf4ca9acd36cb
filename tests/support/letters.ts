import { textOf } from '../../store/mails.js';
import type { TestApi } from './api.js';

export interface Letter {
  readonly to: string;
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
}

/** Letters that the product wrote to an address, the newest first; read from the table, whatever became of them. */
export async function lettersTo(api: TestApi, email: string, kind?: string): Promise<readonly Letter[]> {
  const { store, vault } = api.context;
  const rows = await store.system((tx) =>
    tx.selectFrom('mail').selectAll().where('recipient', '=', email).orderBy('id', 'desc').execute(),
  );
  return rows
    .filter((row) => kind === undefined || row.kind === kind)
    .map((row) => ({
      to: row.recipient,
      kind: row.kind,
      subject: row.subject,
      text: textOf(vault.keys, row.id, row.body),
    }));
}

/** The token in the link of the newest letter of this kind. */
export async function tokenOf(api: TestApi, email: string, kind: string): Promise<string> {
  const [letter] = await lettersTo(api, email, kind);
  const token = /[?&]token=([^\s&]+)/.exec(letter?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`there is no letter \`${kind}\` with a link to ${email}`);
  return decodeURIComponent(token);
}
