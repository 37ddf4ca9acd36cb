import { answerOf, api } from '../api.js';

export interface ConsentRequest {
  readonly connection?: string;
  readonly connector?: string;
  readonly name?: string;
  readonly settings?: Record<string, unknown>;
  readonly application?: { readonly clientId: string; readonly clientSecret: string };
}

/** What the card of the application at the vendor must name as its return address. */
export const returnAddress = `${window.location.origin}/oauth/callback`;

/** Sends the browser to the vendor's page; it comes back by itself. */
export async function beginConsent(body: ConsentRequest): Promise<void> {
  const { authorizeUrl } = await answerOf(
    api.POST('/connections/oauth/start', { body: { ...body, returnTo: '/connections' } }),
  );
  window.location.assign(authorizeUrl);
}
