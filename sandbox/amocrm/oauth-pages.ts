import { escapeHtml } from '../kit/exchange.js';

/** The page on which an administrator gives the integration access to an account; the question travels along. */
export function accessPage(subdomain: string, question: URLSearchParams): string {
  const fields = [...question]
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Предоставить доступ</title></head><body>
<h1>Предоставить доступ к аккаунту ${escapeHtml(subdomain)}?</h1>
<form method="post">${fields}
<button name="decision" value="approve">Разрешить</button> <button name="decision" value="deny">Запретить</button>
</form></body></html>`;
}
