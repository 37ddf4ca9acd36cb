import type { Response } from 'express';

/** What is known of a request while it is answered. */
export interface Locals {
  requestId: string;
  route: string;
  /** The caller's own choice, once it is known who asks. */
  language?: string | null;
}

export function localsOf(response: Response): Locals {
  return response.locals as Locals;
}
