import type { SandboxClock } from '../../kit/clock.js';
import { type Answer, jsonAnswer, type VendorRequest } from '../../kit/exchange.js';
import { isObject, textAt } from '../../kit/json.js';
import type { Random } from '../../kit/random.js';
import type { CreatioSettings } from '../switches.js';
import type { CreatioUser } from './users.js';

/** One signed-in session. */
export interface Session {
  readonly user: CreatioUser;
  readonly ticket: string;
  readonly csrf: string;
  /** Given with the answer to the first call. */
  readonly sessionId: string;
  isStarted: boolean;
  usedAt: number;
}

/** Forms authentication: Login opens a new session every time, and only time (or Logout) closes one. */
export class Sessions {
  /** Counters that tests read. */
  readonly counts = { logins: 0, refused: 0 };
  readonly #users: readonly CreatioUser[];
  readonly #clock: SandboxClock;
  readonly #settings: CreatioSettings;
  readonly #random: Random;
  readonly #open = new Map<string, Session>();

  constructor(users: readonly CreatioUser[], clock: SandboxClock, settings: CreatioSettings, random: Random) {
    this.#users = users;
    this.#clock = clock;
    this.#settings = settings;
    this.#random = random;
  }

  get openCount(): number {
    return [...this.#open.values()].filter((session) => this.#isAlive(session)).length;
  }

  /** Ends all sessions at once, as a restart of the site does. */
  end(): void {
    this.#open.clear();
  }

  /** `POST /ServiceModel/AuthService.svc/Login`. Wrong passwords are answered with 200 too. */
  login(request: VendorRequest, isTls: boolean): Answer {
    const body = request.json();
    const given = isObject(body) ? body : {};
    const user = this.userOf(textAt(given, 'UserName') ?? '', textAt(given, 'UserPassword') ?? '');
    const { user_state: state } = this.#settings;
    if (user === undefined) return this.#refusal('Incorrect login or password. Or your user account is inactive.');
    if (state === 'locked') return this.#refusal('User account is locked. Please contact your system administrator.');
    if (state === 'password_expired') {
      this.counts.refused += 1;
      const url = `/Login/ChangePassword.html?userName=${encodeURIComponent(user.name)}`;
      return jsonAnswer(200, { ...loginBody(1, 'Password has expired.'), PasswordChangeUrl: url });
    }
    this.counts.logins += 1;
    const session = this.#begin(user);
    const isSecure = isTls ? '; Secure' : '';
    const cookies = [
      `BPMLOADER=${this.#random.hex(24)}; path=/; HttpOnly${isSecure}`,
      `.ASPXAUTH=${session.ticket}; path=/; HttpOnly${isSecure}`,
      `BPMCSRF=${session.csrf}; path=/${isSecure}`,
      `UserName=${[...user.name].map((letter) => letter.charCodeAt(0)).join('|')}; path=/`,
    ];
    return withCookies(jsonAnswer(200, loginBody(0, '')), cookies);
  }

  userOf(name: string, password: string): CreatioUser | undefined {
    const low = name.toLowerCase();
    return this.#users.find((user) => user.name.toLowerCase() === low && user.password === password);
  }

  /** The living session of the cookies; finding it keeps it alive. */
  of(cookies: ReadonlyMap<string, string>): Session | undefined {
    const session = this.#open.get(cookies.get('.ASPXAUTH') ?? '');
    if (session === undefined || !this.#isAlive(session)) return undefined;
    session.usedAt = this.#clock.now();
    return session;
  }

  close(session: Session): void {
    this.#open.delete(session.ticket);
  }

  #begin(user: CreatioUser): Session {
    const session: Session = {
      user,
      ticket: this.#random.hex(96).toUpperCase(),
      csrf: Buffer.from(this.#random.hex(32), 'hex').toString('base64url'),
      sessionId: this.#random.hex(24),
      isStarted: false,
      usedAt: this.#clock.now(),
    };
    this.#open.set(session.ticket, session);
    return session;
  }

  #isAlive({ usedAt }: Session): boolean {
    return this.#clock.now() - usedAt < this.#settings.session_idle_minutes * 60_000;
  }

  #refusal(message: string): Answer {
    this.counts.refused += 1;
    const exception =
      this.#settings.login_failure === 'message'
        ? null
        : {
            HelpLink: null,
            InnerException: null,
            Message: message,
            StackTrace: null,
            Type: 'System.Security.SecurityException',
          };
    return jsonAnswer(200, { ...loginBody(1, message), Exception: exception });
  }
}

/** Cookies of a request by name. */
export function cookiesOf(request: VendorRequest): Map<string, string> {
  const pairs = (request.header('cookie') ?? '').split(';').map((pair): [string, string] => {
    const mark = pair.indexOf('=');
    return mark < 0 ? [pair.trim(), ''] : [pair.slice(0, mark).trim(), pair.slice(mark + 1).trim()];
  });
  return new Map(pairs);
}

/** The answer with one `Set-Cookie` header for each cookie. */
export function withCookies(answer: Answer, cookies: readonly string[]): Answer {
  return { ...answer, headers: { ...answer.headers, 'set-cookie': [...cookies] } };
}

function loginBody(code: number, message: string) {
  return { Code: code, Message: message, Exception: null, PasswordChangeUrl: null, RedirectUrl: null };
}
