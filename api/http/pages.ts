import type { Response } from 'express';

/** A small page of ours: plain HTML without scripts, styles or pictures, which the server's policy refuses anyway. */
export function sendPage(response: Response, status: number, title: string, body: string): void {
  response
    .status(status)
    .setHeader('Cache-Control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${escapeHtml(title)} - Pipewright</title></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>\n`,
    );
}

export function escapeHtml(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
