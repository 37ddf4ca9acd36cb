import { escapeHtml } from './exchange.js';

const CARRIED = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'code_challenge',
  'code_challenge_method',
];

/** The page on which a person allows or refuses access; the question travels along in hidden fields. */
export function consentPage(account: string, scopes: readonly string[], question: URLSearchParams): string {
  const fields = CARRIED.filter((name) => question.has(name))
    .map((name) => `<input type="hidden" name="${name}" value="${escapeHtml(question.get(name) ?? '')}">`)
    .join('');
  const asked = scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Allow access</title></head><body>
<h1>Allow access to ${escapeHtml(account)}?</h1><ul>${asked}</ul>
<form method="post">${fields}
<button name="decision" value="approve">Allow</button> <button name="decision" value="deny">Refuse</button>
</form></body></html>`;
}
