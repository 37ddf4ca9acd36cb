import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type AnswerOf, answerOf, api, ProblemError } from '../../api.js';
import { DraftText } from './draft-text.js';

export type DefinitionProblem = AnswerOf<'putDraft'>['problems'][number];
export type DraftState = 'stored' | 'changed' | 'storing' | 'conflict' | 'refused';

const saveAfterMs = 1_000;

/** What pages that were just left are still storing, by pipeline: the next page reads the text after that. */
const leaving = new Map<string, Promise<unknown>>();

/** Resolves when what was typed last on a page that was left is stored. */
export async function whenStored(id: string): Promise<void> {
  await leaving.get(id);
}

/** A text with the tag that tells whether somebody else has changed it. */
interface Tagged {
  readonly text: string;
  readonly etag: string | null;
  readonly isDraft: boolean;
}

type Answered<Body> = Promise<{ data?: Body; error?: unknown; response: Response }>;

async function withTag<Body>(asked: Answered<Body>): Promise<{ body: Body; etag: string | null }> {
  const { response } = await asked;
  return { body: await answerOf(asked), etag: response.headers.get('etag') };
}

/** The draft, else the published text that a draft would begin from. */
async function readText(id: string): Promise<Tagged> {
  const params = { path: { id } };
  const { body: pipeline, etag } = await withTag(api.GET('/pipelines/{id}', { params }));
  if (!pipeline.hasDraft) return { text: pipeline.definition ?? '', etag, isDraft: false };
  const draft = await withTag(api.GET('/pipelines/{id}/draft', { params }));
  return { text: draft.body.definition, etag: draft.etag, isDraft: true };
}

const aheadMs = 5_000;
const ahead = new Map<string, { readonly text: Promise<Tagged>; readonly at: number }>();

async function readWhenStored(id: string): Promise<Tagged> {
  await whenStored(id);
  return readText(id);
}

/** Asks for the text of a page that is opened while the page itself is still on its way. */
export function readAhead(id: string): void {
  const text = readWhenStored(id);
  // The page tells what went wrong, when it takes the answer.
  text.catch(() => null);
  ahead.set(id, { text, at: performance.now() });
}

/** The text that was asked for a moment ago, once; else it is asked for now. */
function takeAhead(id: string): Promise<Tagged> {
  const found = ahead.get(id);
  ahead.delete(id);
  const isRecent = found !== undefined && performance.now() - found.at < aheadMs;
  return isRecent ? found.text.catch(() => readWhenStored(id)) : readWhenStored(id);
}

/**
 * The text under somebody's hands: stored a second after the last key, one request at a time, never over a change of
 * somebody else.
 */
export function useDraft(id: string) {
  const queries = useQueryClient();
  const asked = useQuery({
    queryKey: ['draft', id],
    queryFn: () => takeAhead(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const [content] = useState(() => new DraftText());
  const [state, setState] = useState<DraftState>('stored');
  const [problems, setProblems] = useState<readonly DefinitionProblem[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isDraft, setIsDraft] = useState(false);
  const now = useRef({ text: '', stored: '', etag: null as string | null });
  const storing = useRef<Promise<boolean> | null>(null);

  const take = useCallback(
    ({ text: taken, etag, isDraft: isStored }: Tagged) => {
      now.current = { text: taken, stored: taken, etag };
      content.set(taken);
      setIsDraft(isStored);
      setState('stored');
      setError(null);
    },
    [content],
  );

  useEffect(() => {
    if (asked.data !== undefined) take(asked.data);
  }, [asked.data, take]);

  const store = useCallback(async (): Promise<boolean> => {
    await storing.current;
    const { text: sent, stored, etag } = now.current;
    if (sent === stored || sent === '') return true;
    setState('storing');
    const task = (async () => {
      try {
        const answer = await withTag(
          api.PUT('/pipelines/{id}/draft', {
            params: { path: { id }, header: etag === null ? {} : { 'If-Match': etag } },
            body: { definition: sent },
          }),
        );
        now.current = { ...now.current, stored: sent, etag: answer.etag };
        setProblems(answer.body.problems);
        setIsDraft(true);
        setError(null);
        setState(now.current.text === sent ? 'stored' : 'changed');
        return true;
      } catch (refused) {
        const isConflict = refused instanceof ProblemError && refused.problem.code === 'api/precondition_failed';
        setState(isConflict ? 'conflict' : 'refused');
        setError(isConflict ? null : refused);
        return false;
      } finally {
        storing.current = null;
      }
    })();
    storing.current = task;
    return task;
  }, [id]);

  const change = useCallback(
    (next: string) => {
      now.current = { ...now.current, text: next };
      content.set(next);
      setState((before) => (before === 'conflict' || before === 'storing' ? before : 'changed'));
    },
    [content],
  );

  useEffect(() => {
    if (state !== 'changed') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Each change begins the wait again.
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void store(), saveAfterMs);
    };
    wait();
    const leave = content.subscribe(wait);
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [state, content, store]);

  // What was typed last is stored when the page is left.
  useEffect(
    () => () => {
      leaving.set(id, store());
    },
    [id, store],
  );

  const reread = useCallback(async () => {
    queries.removeQueries({ queryKey: ['draft', id], type: 'inactive' });
    take(await readText(id));
  }, [id, queries, take]);

  /** Stores this text over the one of somebody else. */
  const overwrite = useCallback(async () => {
    const { etag } = await readText(id);
    now.current = { ...now.current, etag, stored: '' };
    await store();
  }, [id, store]);

  const etagNow = useCallback(() => now.current.etag, []);
  const refused = error ?? asked.error;
  return useMemo(
    () => ({
      content,
      state,
      isDraft,
      problems,
      setProblems,
      error: refused,
      change,
      store,
      reread,
      overwrite,
      etagNow,
    }),
    [content, state, isDraft, problems, refused, change, store, reread, overwrite, etagNow],
  );
}

export type Draft = ReturnType<typeof useDraft>;
