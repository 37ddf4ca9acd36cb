import { failureCodes } from '../../core/failures.js';
import { isJsonObject } from '../../core/json.js';
import { didYouMean } from '../text/nearest.js';
import type { TextPath } from '../text/problem.js';
import type { CheckContext } from './context.js';
import { parseStream } from './paths.js';
import { targetNames } from './ref-checks.js';

/** In-file tests may only speak of streams, flows and codes that there are. */
export function checkTests(context: CheckContext): void {
  const streams = streamsOf(context);
  context.definition.tests?.forEach((test, index) => {
    const path = ['tests', index];
    for (const [name, records] of Object.entries(test?.given ?? {})) {
      const place = [...path, 'given', name];
      if (name === 'lookups') checkLookups(context, records, place);
      else checkGiven(context, name, records, streams, place);
    }
    for (const name of Object.keys(test?.expect ?? {})) checkExpected(context, name, [...path, 'expect', name]);
    for (const [name, codes] of Object.entries(test?.dead_letters ?? {})) {
      checkFlowName(context, name, [...path, 'dead_letters', name]);
      codes?.forEach((code, at) => {
        if (code === undefined || Object.hasOwn(failureCodes, code)) return;
        context.reporter.report('definition/bad_test', [...path, 'dead_letters', name, at], {
          message: `There is no code \`${code}\`.`,
          hint: didYouMean(
            code,
            Object.keys(failureCodes).filter((each) => each.startsWith('map/')),
            'codes of mappings',
          ),
        });
      });
    }
  });
}

/** Every stream a test may give records of, by `slot.stream`. */
function streamsOf(context: CheckContext): ReadonlySet<string> {
  const streams = new Set<string>();
  for (const flow of Object.values(context.definition.flows ?? {})) {
    if (flow?.from?.stream !== undefined) streams.add(flow.from.stream);
    for (const step of flow?.steps ?? []) if (step?.lookup?.from !== undefined) streams.add(step.lookup.from);
  }
  return streams;
}

function checkGiven(
  context: CheckContext,
  name: string,
  records: unknown,
  streams: ReadonlySet<string>,
  path: TextPath,
): void {
  const short = [...streams].filter((stream) => parseStream(stream)?.stream === name);
  if (!streams.has(name) && short.length !== 1) {
    const known = [...streams].map((stream) => parseStream(stream)?.stream ?? stream);
    context.reporter.report('definition/bad_test', path, {
      at: 'key',
      message: short.length > 1 ? `Several slots have a stream \`${name}\`.` : `No flow reads a stream \`${name}\`.`,
      hint: short.length > 1 ? `Write one of: ${short.join(', ')}.` : didYouMean(name, known, 'streams'),
    });
  }
  if (Array.isArray(records) && records.every((record) => isJsonObject(record))) return;
  context.reporter.report('definition/bad_test', path, {
    message: `The records given for \`${name}\` are not a list of maps.`,
    hint: 'Write `[{ ID: "1", NAME: ACME }]`.',
  });
}

function checkLookups(context: CheckContext, lookups: unknown, path: TextPath): void {
  const names = Object.values(context.definition.flows ?? {}).flatMap((flow) =>
    (flow?.steps ?? []).flatMap((step) => [step?.lookup?.as, step?.enrich?.as].filter((as) => as !== undefined)),
  );
  for (const [name, answers] of Object.entries(isJsonObject(lookups) ? lookups : {})) {
    if (!names.includes(name)) {
      context.reporter.report('definition/bad_test', [...path, name], {
        at: 'key',
        message: `No \`lookup\` or \`enrich\` step is named \`${name}\`.`,
        hint: didYouMean(name, names, 'steps'),
      });
    } else if (!isJsonObject(answers)) {
      context.reporter.report('definition/bad_test', [...path, name], {
        message: `The answers for \`${name}\` are not a map.`,
        hint: 'Write them by key: `{ "5260250274": { name: ACME } }`.',
      });
    }
  }
}

function checkExpected(context: CheckContext, name: string, path: TextPath): void {
  const [flow = '', target] = name.split(':');
  if (!checkFlowName(context, flow, path) || target === undefined) return;
  const to = context.definition.flows?.[flow]?.to;
  if (to === undefined || targetNames(to).includes(target)) return;
  context.reporter.report('definition/bad_test', path, {
    at: 'key',
    message: `The flow \`${flow}\` has no target \`${target}\`.`,
    hint: didYouMean(target, targetNames(to), 'targets'),
  });
}

function checkFlowName(context: CheckContext, name: string, path: TextPath): boolean {
  if (context.flowNames.includes(name)) return true;
  context.reporter.report('definition/bad_test', path, {
    at: 'key',
    message: `The flow \`${name}\` is not under \`flows\`.`,
    hint: didYouMean(name, context.flowNames, 'flows'),
  });
  return false;
}
