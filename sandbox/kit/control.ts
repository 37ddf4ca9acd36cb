import { type Answer, jsonAnswer, MalformedBody, type VendorRequest } from './exchange.js';
import { parseFaultOrder } from './faults.js';
import { isObject, numberAt, own, textAt } from './json.js';
import { ControlProblem } from './settings.js';
import type { Kit, TouchOrder, VendorApp } from './vendor-app.js';

/** The path below which the control routes lie; everything else is the vendor's own API. */
export const CONTROL_PATH = '/_sandbox';

/** Answers `/_sandbox/*`. A client that joins the base address and the full path by mistake is understood too. */
export function answerControl(request: VendorRequest, kit: Kit, app: VendorApp): Answer {
  const name = request.segments.filter((part) => part !== '_sandbox').join('/');
  try {
    return route(`${request.method} ${name}`, request, kit, app);
  } catch (error) {
    if (error instanceof ControlProblem || error instanceof MalformedBody) return problem(400, error.message);
    throw error;
  }
}

function route(name: string, request: VendorRequest, kit: Kit, app: VendorApp): Answer {
  switch (name) {
    case 'GET log':
      return jsonList(
        kit.log.entries(numberOf(request, 'after', 0), numberOf(request, 'limit', Number.POSITIVE_INFINITY)),
      );
    case 'GET requests':
      return jsonList(kit.requests.list(numberOf(request, 'after', 0)));
    case 'GET state':
      return state(app, request.query.get('stream'));
    case 'GET counts':
      return jsonAnswer(200, { streams: app.counts(), log: kit.log.lastSeq, requests: kit.requests.lastSeq });
    case 'GET faults':
      return jsonAnswer(200, { ...kit.faults.order, played: kit.faults.played });
    case 'POST faults':
      kit.faults.set(parseFaultOrder(request.json()));
      return jsonAnswer(200, { ok: true });
    case 'POST touch': {
      const ids = app.touch(parseTouch(request.json()));
      return jsonAnswer(200, { touched: ids.length, ids });
    }
    case 'GET clock':
      return jsonAnswer(200, { now: kit.clock.iso(), speed: kit.clock.speed });
    case 'POST clock':
      return setClock(request.json(), kit);
    case 'GET settings':
      return jsonAnswer(200, app.switches.toJson());
    case 'POST settings':
      app.switches.change(request.json());
      kit.log.logsReads = app.switches.values.read_effects;
      app.settingsChanged?.();
      return jsonAnswer(200, app.switches.toJson());
    case 'POST reset':
      return reset(kit, app);
    default: {
      const extra = app.controls?.[name];
      return extra === undefined ? problem(404, `Control route \`${name}\` is not known.`) : extra(request);
    }
  }
}

function state(app: VendorApp, only: string | null): Answer {
  function* pieces(): Generator<string | Buffer> {
    let separator = '{"streams":{';
    for (const [stream, records] of app.state()) {
      if (only !== null && only !== stream) continue;
      yield `${separator}${JSON.stringify(stream)}:[`;
      separator = ',';
      yield* joined(records);
      yield ']';
    }
    yield separator === ',' ? '}}' : `${separator}}}`;
  }
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: pieces() };
}

function* joined(pieces: Iterable<string | Buffer>): Generator<string | Buffer> {
  let isFirst = true;
  for (const piece of pieces) {
    if (!isFirst) yield ',';
    isFirst = false;
    yield piece;
  }
}

/** A JSON list written in pieces of 500, so that a log of a million lines needs no text of its size. */
function jsonList(entries: Iterable<object>): Answer {
  function* pieces(): Generator<string> {
    let text = '[';
    let inPiece = 0;
    let separator = '';
    for (const entry of entries) {
      text += separator + JSON.stringify(entry);
      separator = ',';
      inPiece += 1;
      if (inPiece < 500) continue;
      yield text;
      text = '';
      inPiece = 0;
    }
    yield `${text}]`;
  }
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: pieces() };
}

function parseTouch(body: unknown): TouchOrder {
  if (!isObject(body)) throw new ControlProblem('Touch must be a JSON object.');
  const stream = textAt(body, 'stream');
  if (stream === undefined) throw new ControlProblem('`stream` must name a stream.');
  const op = textAt(body, 'op') ?? 'update';
  if (op !== 'update' && op !== 'create' && op !== 'delete') {
    throw new ControlProblem('`op` must be one of update, create, delete.');
  }
  const ids = own(body, 'ids') ?? [];
  if (!Array.isArray(ids)) throw new ControlProblem('`ids` must be a list.');
  const fields = own(body, 'fields') ?? {};
  if (!isObject(fields)) throw new ControlProblem('`fields` must be an object.');
  return {
    stream,
    op,
    count: numberAt(body, 'count') ?? (ids.length > 0 ? ids.length : 1),
    ids: ids.map(String),
    fields,
  };
}

function setClock(body: unknown, kit: Kit): Answer {
  if (!isObject(body)) throw new ControlProblem('The clock takes {speed} or {advance}.');
  const speed = own(body, 'speed');
  if (speed !== undefined) {
    if (typeof speed !== 'number' || speed < 0) throw new ControlProblem('`speed` must be a number of 0 or more.');
    kit.clock.setSpeed(speed);
  }
  const advance = own(body, 'advance');
  if (advance !== undefined) kit.clock.advance(parseDuration(advance));
  return jsonAnswer(200, { now: kit.clock.iso(), speed: kit.clock.speed });
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds as a number, or a text such as `90s`, `15m`, `24h`, `30d`. */
function parseDuration(value: unknown): number {
  if (typeof value === 'number' && value >= 0) return value;
  const match = typeof value === 'string' ? /^(\d+)(ms|s|m|h|d)$/.exec(value) : null;
  const unit = UNIT_MS[match?.[2] ?? ''];
  if (unit === undefined)
    throw new ControlProblem('`advance` must be milliseconds or a text such as `90s`, `24h`, `30d`.');
  return Number(match?.[1]) * unit;
}

function reset(kit: Kit, app: VendorApp): Answer {
  kit.faults.end();
  kit.log.clear();
  kit.requests.clear();
  app.switches.restore();
  kit.log.logsReads = app.switches.values.read_effects;
  app.settingsChanged?.();
  app.reset();
  return jsonAnswer(200, { ok: true });
}

function numberOf(request: VendorRequest, name: string, otherwise: number): number {
  const text = request.query.get(name);
  if (text === null || text === '') return otherwise;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new ControlProblem(`\`${name}\` must be a whole number.`);
  return number;
}

function problem(status: number, detail: string): Answer {
  return jsonAnswer(status, { error: detail });
}
