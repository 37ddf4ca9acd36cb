import type { Tx } from './database.js';

/** Places of the parts of a pipeline's picture, by their ids. */
export type Positions = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

export async function getPipelineLayout(tx: Tx, uid: string): Promise<Positions> {
  const row = await tx.selectFrom('pipeline').select('layout').where('uid', '=', uid).executeTakeFirst();
  return row?.layout ?? {};
}

export async function storePipelineLayout(tx: Tx, uid: string, positions: Positions): Promise<void> {
  await tx
    .updateTable('pipeline')
    .set({ layout: JSON.stringify(positions) })
    .where('uid', '=', uid)
    .execute();
}
