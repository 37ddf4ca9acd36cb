import { type Answer, htmlAnswer, jsonAnswer, type VendorRequest } from '../../kit/exchange.js';
import type { OAuthServer } from '../../kit/oauth.js';
import type { CreatioSettings } from '../switches.js';
import { cookiesOf, type Session, type Sessions } from './sessions.js';
import type { CreatioUser } from './users.js';

/** Who a request comes from, or the answer that turns it away. */
export type Admission = { readonly user: CreatioUser; readonly session?: Session } | { readonly answer: Answer };

/** What the gate looks at. */
export interface GateParts {
  readonly sessions: Sessions;
  readonly oauth: OAuthServer;
  readonly settings: CreatioSettings;
  /** The user whom OAuth applications act for. */
  readonly oauthUser: CreatioUser;
}

/** Lets a request in by session and BPMCSRF header, by bearer token, or by Basic where that is switched on. */
export function admit(request: VendorRequest, path: string, parts: GateParts): Admission {
  const { sessions, oauth, settings, oauthUser } = parts;
  const authorization = request.header('authorization') ?? '';
  const bearer = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined)
    return oauth.grantOf(bearer) === undefined ? { answer: bearerRefused() } : { user: oauthUser };
  const basic = settings.basic_auth ? basicUser(authorization, sessions) : undefined;
  if (basic !== undefined) return { user: basic };
  const session = sessions.of(cookiesOf(request));
  if (session === undefined) return { answer: signInFirst(path, settings) };
  if (settings.csrf && request.header('bpmcsrf') !== session.csrf) return { answer: csrfRefused() };
  return { user: session.user, session };
}

function basicUser(authorization: string, sessions: Sessions): CreatioUser | undefined {
  const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [name = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return sessions.userOf(name, password.join(':'));
}

/** What meets a request whose session is not there or has run out. */
export function signInFirst(
  path: string,
  { expired_session: mode, runtime, virtual_directory: root }: CreatioSettings,
): Answer {
  const page = `${root}${runtime === 'framework' ? '/Login/NuiLogin.aspx' : '/Login/Login.html'}`;
  const address = `${page}?ReturnUrl=${encodeURIComponent(path)}`;
  const shown = mode === 'auto' ? (/\.svc(\/|$)/i.test(path) ? 'json' : 'redirect') : mode;
  if (shown === 'json') {
    return jsonAnswer(401, {
      Message: 'Authentication failed.',
      StackTrace: null,
      ExceptionType: 'System.InvalidOperationException',
    });
  }
  if (shown === 'shell') return loginPage();
  const moved = `<html><head><title>Object moved</title></head><body>\r\n<h2>Object moved to <a href="${address}">here</a>.</h2>\r\n</body></html>\r\n`;
  return htmlAnswer(302, moved, { location: address });
}

/** The page that a redirect leads to. */
export function loginPage(): Answer {
  return htmlAnswer(
    200,
    `<!DOCTYPE html><html><head><title>Login</title><base href="/Login/"></head><body><script>require(["bootstrap.login"]);</script></body></html>`,
  );
}

function csrfRefused(): Answer {
  return htmlAnswer(
    403,
    '<!DOCTYPE html><html><head><title>403 - Forbidden: Access is denied.</title></head><body></body></html>',
  );
}

function bearerRefused(): Answer {
  return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
}
