import type { Request, Response } from 'express';
import { isFailure } from '../../core/failures.js';
import { authenticate } from '../access/authenticate.js';
import { accessOf, authorise } from '../access/authorise.js';
import type { Caller } from '../access/caller.js';
import { tooMany } from '../access/limits.js';
import type { ApiContext } from '../context.js';

const againMs = 900;
const mostPerAccount = 100;

/**
 * Answers that stay open: a key that is revoked, a visit that is withdrawn or a person who lost the role sees no more of
 * them within a second. An account has so many open at once.
 */
export class OpenStreams {
  readonly #counts = new Map<string, number>();

  constructor(readonly context: ApiContext) {}

  guard(
    spec: { readonly name: string },
    request: Request,
    response: Response,
    { kind, accountId }: Caller,
    address: string,
  ): void {
    const open = this.#counts.get(accountId) ?? 0;
    if (open >= mostPerAccount) throw tooMany(60_000);
    this.#counts.set(accountId, open + 1);
    let isAsking = false;
    const timer = setInterval(() => {
      if (isAsking) return;
      isAsking = true;
      this.#isStillAllowed(spec.name, request, address, kind, accountId).then(
        (isAllowed) => {
          isAsking = false;
          if (!isAllowed) response.destroy();
        },
        () => {
          // The database is away for a moment: the next look tells.
          isAsking = false;
        },
      );
    }, againMs);
    timer.unref();
    response.once('close', () => {
      clearInterval(timer);
      const left = (this.#counts.get(accountId) ?? 1) - 1;
      if (left === 0) this.#counts.delete(accountId);
      else this.#counts.set(accountId, left);
    });
  }

  async #isStillAllowed(
    name: string,
    request: Request,
    address: string,
    kind: Caller['kind'],
    accountId: string,
  ): Promise<boolean> {
    try {
      const { caller } = await authenticate(this.context, request, address, { isLook: true });
      if (caller.kind !== kind || caller.accountId !== accountId) return false;
      authorise(caller, accessOf(name));
      return true;
    } catch (error) {
      if (isFailure(error) && error.kind !== 'transient') return false;
      throw error;
    }
  }
}
