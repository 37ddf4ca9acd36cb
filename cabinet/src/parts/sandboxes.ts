import { useQuery } from '@tanstack/react-query';
import { type AnswerOf, answerOf, api } from '../api.js';
import { useMay } from '../role.js';

export type SandboxOffer = AnswerOf<'listSandboxes'>['items'][number];

/** The practice systems beside this installation; none for people who could not connect them. */
export function useSandboxes(): readonly SandboxOffer[] {
  const mayConnect = useMay('editor');
  const asked = useQuery({
    queryKey: ['sandboxes'],
    queryFn: () => answerOf(api.GET('/sandboxes')),
    staleTime: 60_000,
    enabled: mayConnect,
  });
  return asked.data?.items ?? [];
}

/** Connects those that the account does not have yet, by their names. */
export async function connectSandboxes(offers: readonly SandboxOffer[]): Promise<void> {
  const { items } = await answerOf(api.GET('/connections'));
  const known = new Set(items.map(({ name }) => name));
  for (const offer of offers) {
    if (!known.has(offer.name)) await answerOf(api.POST('/connections', { body: offer }));
  }
}
