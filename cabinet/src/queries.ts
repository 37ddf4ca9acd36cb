import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './api.js';

/** What the pages were told, for all of them; routes ask ahead through it while a page is still on its way. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // A refusal stays one; only a server that is away is asked again.
      retry: (count, error) => count < 2 && !(error instanceof ProblemError && error.problem.status < 500),
    },
  },
});
