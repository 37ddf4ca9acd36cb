import type { VendorRequest } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import type { Asker, Method, MethodTable, Outcome, Portal } from './call.js';
import { ApiError } from './errors.js';
import type { OperatingTime } from './limits.js';
import { intOf, isYes, parsePhpQuery, phpArray, phpEntries, textOf } from './php.js';

const MOST_COMMANDS = 50;

/** One method call with its times, as an answer shows it. */
export interface Performed extends Outcome {
  readonly time: JsonObject;
  readonly seconds: number;
}

/** Calls methods: checks scope and run time, measures, and plays `batch`. */
export class Dispatcher {
  readonly #portal: Portal;
  readonly #methods: MethodTable;
  readonly #operating: OperatingTime;

  constructor(portal: Portal, methods: MethodTable, operating: OperatingTime) {
    this.#portal = portal;
    this.#methods = methods;
    this.#operating = operating;
  }

  /** Performs one call, `batch` among them; throws ApiError. */
  perform(request: VendorRequest, asker: Asker, name: string, params: JsonObject): Performed {
    if (name.toLowerCase() !== 'batch') return this.#one(request, asker, name, params);
    const startedAt = this.#portal.store.now();
    const { result, seconds } = this.#batch(request, asker, params);
    return { result, seconds, time: this.#time(startedAt, seconds) };
  }

  #one(request: VendorRequest, asker: Asker, name: string, params: JsonObject, connector?: string): Performed {
    const method = this.#find(name, asker);
    const key = `${asker.key}/${name.toLowerCase()}`;
    if (!this.#operating.isOpen(key)) {
      throw new ApiError(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.');
    }
    const startedAt = this.#portal.store.now();
    const given = textOf(own(params, 'auth_connector'));
    const source = given === '' ? connector : given;
    const call = {
      method: name,
      params,
      asker,
      portal: this.#portal,
      request,
      ...(source === undefined ? {} : { connector: source }),
    };
    const outcome = method.run(call);
    const seconds = (outcome.seconds ?? 0) * this.#portal.settings.operating_scale;
    this.#operating.add(key, seconds);
    return { ...outcome, seconds, time: this.#time(startedAt, seconds, key) };
  }

  #find(name: string, asker: Asker): Method {
    const method = this.#methods.get(name.toLowerCase());
    if (method === undefined) throw new ApiError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
    if (method.needsApp === true && asker.kind !== 'app') {
      throw new ApiError(403, 'ACCESS_DENIED', 'Access denied! Application context required');
    }
    if (method.scope !== '' && !asker.scopes.has(method.scope)) {
      const by = asker.kind === 'app' ? 'access token' : 'webhook token';
      throw new ApiError(
        403,
        'insufficient_scope',
        `The request requires higher privileges than provided by the ${by}`,
      );
    }
    return method;
  }

  #batch(request: VendorRequest, asker: Asker, params: JsonObject): { result: Json; seconds: number } {
    const commands = phpEntries(own(params, 'cmd') ?? own(params, 'CMD')) ?? [];
    const halts = isYes(own(params, 'halt'));
    const connector = textOf(own(params, 'auth_connector'));
    const maps = new BatchMaps();
    let seconds = 0;
    for (const [index, [key, command]] of commands.entries()) {
      try {
        if (index >= MOST_COMMANDS) throw new ApiError(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
        const [name, own] = readCommand(command, maps.results);
        this.#checkNested(name);
        const done = this.#one(request, asker, name, own, connector === '' ? undefined : connector);
        seconds += done.seconds;
        maps.add(key, done);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        maps.errors.push([key, { error: error.code, error_description: error.message }]);
        if (halts) break;
      }
    }
    return { result: maps.printed(), seconds };
  }

  #checkNested(name: string): void {
    if (name.toLowerCase() === 'batch' || this.#methods.get(name.toLowerCase())?.notInBatch === true) {
      throw new ApiError(405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage');
    }
  }

  #time(startedAt: number, seconds: number, key?: string): JsonObject {
    const { around, settings } = this.#portal;
    const start = startedAt / 1000;
    const finish = start + seconds;
    const time: JsonObject = {
      start,
      finish,
      duration: finish - start,
      processing: seconds * 0.9,
      date_start: around.time.text(startedAt),
      date_finish: around.time.text(finish * 1000),
    };
    if (!settings.operating_shown || key === undefined) return time;
    return { ...time, operating_reset_at: this.#operating.resetAt(key), operating: this.#operating.used(key) };
  }
}

/** The five maps of a batch's answer; PHP prints each as a list when its keys happen to count from 0. */
class BatchMaps {
  readonly results: [string, Json][] = [];
  readonly errors: [string, Json][] = [];
  readonly #totals: [string, Json][] = [];
  readonly #nexts: [string, Json][] = [];
  readonly #times: [string, Json][] = [];

  add(key: string, { result, total, next, time }: Performed): void {
    this.results.push([key, result]);
    if (total !== undefined) this.#totals.push([key, total]);
    if (next !== undefined) this.#nexts.push([key, next]);
    this.#times.push([key, time]);
  }

  printed(): Json {
    return {
      result: phpArray(this.results),
      result_error: phpArray(this.errors),
      result_total: phpArray(this.#totals),
      result_next: phpArray(this.#nexts),
      result_time: phpArray(this.#times),
    };
  }
}

/** A command `method?query`, or an object of method and params; earlier results are put in where they are named. */
function readCommand(command: Json, results: readonly (readonly [string, Json])[]): [string, JsonObject] {
  if (isObject(command)) {
    const params = own(command, 'params');
    return [textOf(own(command, 'method')), isObject(params) ? referred(params, results) : {}];
  }
  const text = textOf(command);
  const mark = text.indexOf('?');
  if (mark < 0) return [plainName(text), {}];
  return [plainName(text.slice(0, mark)), referred(parsePhpQuery(text.slice(mark + 1)), results)];
}

/** A method's name without a slash before it or a `.json` behind. */
const plainName = (name: string): string => name.replace(/^\/+/, '').replace(/\.json$/i, '');

const REFERENCE = /\$result((?:\[[^[\]]+\])+)/g;

function referred(params: JsonObject, results: readonly (readonly [string, Json])[]): JsonObject {
  const replace = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(replace);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part)]));
    if (typeof value !== 'string' || !value.includes('$result[')) return value;
    const whole = /^\$result((?:\[[^[\]]+\])+)$/.exec(value);
    if (whole !== null) return lookUp(whole[1] ?? '', results);
    return value.replace(REFERENCE, (_all, path: string) => textOf(lookUp(path, results)));
  };
  return Object.fromEntries(Object.entries(params).map(([key, part]) => [key, replace(part)]));
}

function lookUp(path: string, results: readonly (readonly [string, Json])[]): Json {
  const [first = '', ...steps] = [...path.matchAll(/\[([^[\]]+)\]/g)].map(([, step]) => step ?? '');
  let value: Json | undefined = results.find(([key]) => key === first)?.[1];
  for (const step of steps) {
    if (Array.isArray(value)) value = value[intOf(step)];
    else value = isObject(value) ? own(value, step) : undefined;
  }
  return value ?? null;
}
