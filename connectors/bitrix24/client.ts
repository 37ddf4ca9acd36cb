import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import type { ConnectionContext, HttpAnswer } from '../kit/index.js';
import { badAnswer, bodyOf, errorOf, failureOfAnswer, failureOfCommand } from './answers.js';
import { type Access, Authorizer } from './auth.js';
import { encodeQuery, type Params } from './query.js';
import type { Portal } from './settings.js';

/** Commands in one batch; the vendor refuses more. */
export const batchSize = 50;

export interface SendNow {
  readonly signal: AbortSignal;
  readonly beforeSend?: () => void;
}

export interface Command {
  readonly method: string;
  readonly params: Params;
}

/** The answer to one method. */
export interface MethodAnswer {
  readonly result: JsonValue;
  /** Records in the whole list; null where the vendor did not count them. */
  readonly total: number | null;
  /** The portal's own clock when it began, in ms; null where it says nothing. */
  readonly portalMs: number | null;
}

export type CommandAnswer = MethodAnswer | { readonly failure: Failure };

/** Speaks to one portal: signs, renews tokens once, turns whatever comes back into results or failures. */
export class PortalClient {
  readonly #authorizer: Authorizer;

  constructor(
    readonly portal: Portal,
    readonly context: ConnectionContext,
  ) {
    this.#authorizer = new Authorizer(portal, context);
  }

  /** One method by itself. Throws a `Failure` for every answer but a success. */
  async call(method: string, params: JsonObject, now: SendNow): Promise<MethodAnswer> {
    const { body, answer } = await this.#send(method, params, now);
    if (!Object.hasOwn(body, 'result')) throw badAnswer(method, 'no result');
    return {
      result: body.result ?? null,
      total: typeof body.total === 'number' ? body.total : null,
      portalMs: clockOf(body.time, answer),
    };
  }

  /**
   * Up to 50 commands in one request, one answer for each in order. They are carried out one after the other, and a
   * command may refer to the results of those before it as `$result[c<index>]...`.
   */
  async batch(commands: readonly Command[], now: SendNow): Promise<CommandAnswer[]> {
    const cmd: JsonObject = {};
    commands.forEach(({ method, params }, index) => {
      cmd[`c${index}`] = `${method}?${encodeQuery(params)}`;
    });
    const { body, answer } = await this.#send('batch', { halt: 0, cmd }, now);
    const whole = body.result;
    if (!isJsonObject(whole)) throw badAnswer('batch', 'no results');
    const part = (name: string, index: number): JsonValue | undefined => memberOf(whole[name], index);
    return commands.map(({ method }, index) => {
      const error = errorOf(part('result_error', index)) ?? looseError(part('result_error', index));
      if (error !== null) return { failure: failureOfCommand(error, method) };
      const result = part('result', index);
      if (result === undefined) return { failure: badAnswer(method, 'nothing inside a batch') };
      const total = part('result_total', index);
      const portalMs = clockOf(part('result_time', index), answer);
      return { result, total: typeof total === 'number' ? total : null, portalMs };
    });
  }

  async #send(method: string, params: JsonObject, now: SendNow): Promise<{ body: JsonObject; answer: HttpAnswer }> {
    const seen = await this.#authorizer.access(now.signal);
    let answer = await this.#request(method, params, seen, now);
    if (answer.status === 401 && this.#authorizer.canRenew) {
      const renewed = await this.#authorizer.renew(seen, now.signal);
      answer = await this.#request(method, params, renewed, now);
    }
    const body = bodyOf(answer);
    if (answer.status >= 300 || errorOf(body) !== null) throw this.#named(failureOfAnswer(answer, method));
    if (!isJsonObject(body))
      throw badAnswer(method, answer.bytes.length === 0 ? 'an empty body' : 'something else than JSON');
    return { body, answer };
  }

  #request(method: string, params: JsonObject, access: Access, now: SendNow): Promise<HttpAnswer> {
    return this.context.http.request({
      method: 'POST',
      url: `${this.portal.baseUrl}${access.path}/${method}.json`,
      headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'Pipewright' },
      body: JSON.stringify(access.auth === null ? params : { ...params, auth: access.auth }),
      signal: now.signal,
      // Its 429 is about the run time of one method, which is no matter of the shared budget.
      isRateRefusal: (answer) => answer.status === 503 && answer.text().includes('QUERY_LIMIT_EXCEEDED'),
      ...(now.beforeSend && { beforeSend: now.beforeSend }),
    });
  }

  /** A failure that asks for a person says which connection it is about. */
  #named(failure: Failure): Failure {
    if (failure.kind !== 'auth') return failure;
    return new Failure(failure.code, {
      message: failure.message,
      hint: failure.hint,
      details: { ...failure.details, connectionId: this.context.connectionId },
    });
  }
}

export function isFailed(answer: CommandAnswer): answer is { readonly failure: Failure } {
  return 'failure' in answer;
}

/** The vendor writes empty maps as `[]`. */
function memberOf(map: JsonValue | undefined, index: number): JsonValue | undefined {
  if (!isJsonObject(map)) return undefined;
  return Object.hasOwn(map, `c${index}`) ? map[`c${index}`] : undefined;
}

/** An error inside a batch that is a bare text. */
function looseError(error: JsonValue | undefined): { code: string; words: string } | null {
  return error === undefined ? null : { code: '', words: typeof error === 'string' ? error : JSON.stringify(error) };
}

function clockOf(time: JsonValue | undefined, answer: HttpAnswer): number | null {
  const told = isJsonObject(time) ? Date.parse(String(time.date_start ?? '')) : Number.NaN;
  if (!Number.isNaN(told)) return told;
  const dated = Date.parse(answer.headers.date ?? '');
  return Number.isNaN(dated) ? null : dated;
}
