import { queryOptions, useQuery } from '@tanstack/react-query';
import { chooseAccount } from './account-choice.js';
import { answerOf, api, type Me, ProblemError } from './api.js';
import { speak } from './i18n.js';

/** Asked once and kept while the pages are open. */
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: findMe, staleTime: 60_000 });

/** Who is signed in; null for nobody. */
export function useMe() {
  return useQuery(meQuery);
}

async function findMe(): Promise<Me | null> {
  const me = await askForMe();
  // What the person has chosen holds on every machine, whatever its browser speaks.
  void speak(me?.person?.language ?? null);
  return me;
}

async function askForMe(): Promise<Me | null> {
  try {
    return await answerOf(api.GET('/me'));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.problem.status === 401) return null;
    // An account that this tab showed and that the person has lost.
    if (error.problem.status === 404) {
      chooseAccount(null);
      return answerOf(api.GET('/me'));
    }
    throw error;
  }
}
