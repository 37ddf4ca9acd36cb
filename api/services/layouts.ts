import type { AccountId } from '../../store/database.js';
import { getPipelineLayout, storePipelineLayout } from '../../store/layouts.js';
import { getPipeline } from '../../store/pipelines.js';
import type { ApiContext } from '../context.js';

interface Layout {
  readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

export async function getLayout(context: ApiContext, accountId: AccountId, id: string): Promise<Layout> {
  return context.store.account(accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    return { positions: await getPipelineLayout(tx, uid) };
  });
}

export async function putLayout(
  context: ApiContext,
  accountId: AccountId,
  id: string,
  { positions }: Layout,
): Promise<Layout> {
  return context.store.account(accountId, async (tx) => {
    const { uid } = await getPipeline(tx, id);
    await storePipelineLayout(tx, uid, positions);
    return { positions };
  });
}
