import type { Answer, VendorRequest } from '../kit/exchange.js';
import { proxyPage } from './answers.js';
import type { Portal } from './call.js';

const TECHNICAL = /^(curl|wget|python|java|go-http|axios|node|undici|okhttp|libwww)\b/i;

/** A signed link: it needs no other authorization. */
export function fileLink(portal: Portal, id: number): string {
  return `${portal.baseUrl()}/rest/download.json?token=file%7C${id}%7C${portal.store.files.signature(id)}`;
}

/** `GET /rest/download.json?token=`: the proxy hides files from clients that do not say who they are. */
export function answerFile(portal: Portal, request: VendorRequest): Answer {
  const agent = request.header('user-agent') ?? '';
  if (portal.settings.files_check_agent && (agent === '' || TECHNICAL.test(agent))) return proxyPage(404);
  const [kind, id, signature] = (request.query.get('token') ?? '').split('|');
  const file = kind === 'file' ? portal.store.files.get(Number(id)) : undefined;
  if (file === undefined || signature !== portal.store.files.signature(file.id)) return proxyPage(404);
  request.effect({ effect: 'read', stream: 'files', id: String(file.id), status: 200 });
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    },
    body: file.bytes,
  };
}
