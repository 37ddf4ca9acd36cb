import { fail } from '../meter.js';
import {
  addTo,
  between,
  formatMoment,
  fromUnix,
  inZone,
  readDate,
  readDateTime,
  readWithFormat,
  toUnix,
} from '../time.js';
import { intType, textType } from '../types.js';
import { any, type FunctionDeclaration, moment, type Numeric, n, t } from './kinds.js';
import { wholeNumber } from './values.js';

export const dateFunctions: readonly FunctionDeclaration[] = [
  {
    name: 'date',
    parameters: [moment('moment'), t('format', true)],
    returns: textType,
    sentence:
      'The date as `2025-03-01`: of ISO text as it is written, or read by a format of `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss`.',
    examples: [
      ["date('2025-03-01T23:30:00+03:00')", '2025-03-01'],
      ["date('01.03.2025', 'dd.MM.yyyy')", '2025-03-01'],
    ],
    cost: 5,
    run: (text: string, format?: string) =>
      (format === undefined ? readDate(text) : readWithFormat(text, format, null)?.slice(0, 10)) ??
      fail('the text is not a date'),
  },
  {
    name: 'datetime',
    parameters: [moment('moment'), t('zone', true), t('format', true)],
    returns: textType,
    sentence:
      'The moment as ISO text with its offset; text without one needs a zone, text in another form also a format.',
    examples: [
      ["datetime('2025-03-01 10:00', 'Europe/Warsaw')", '2025-03-01T10:00:00+01:00'],
      ["datetime('01.03.2025 10:00:00', 'Europe/Moscow', 'dd.MM.yyyy HH:mm:ss')", '2025-03-01T10:00:00+03:00'],
    ],
    cost: 100,
    run: (text: string, zone?: string, format?: string) =>
      (format === undefined ? readDateTime(text, zone ?? null) : readWithFormat(text, format, zone ?? 'UTC')) ??
      fail('the text is not a date and time, or has no offset and no zone was given'),
  },
  {
    name: 'formatDate',
    parameters: [moment('moment'), t('format')],
    returns: textType,
    sentence:
      'A date or moment written by a format of `yyyy`, `yy`, `MM`, `dd`, `HH`, `mm`, `ss`, as it stands in its own offset.',
    examples: [
      ["formatDate('2025-03-01', 'dd.MM.yyyy')", '01.03.2025'],
      ["formatDate('2025-03-01T10:05:00+01:00', 'yyyy/MM/dd HH:mm')", '2025/03/01 10:05'],
    ],
    cost: 5,
    run: (text: string, format: string) =>
      formatMoment(text, format) ?? fail('the text is not a date or date and time'),
  },
  {
    name: 'addTime',
    parameters: [moment('moment'), n('amount'), t('unit')],
    returns: textType,
    sentence:
      'A date or moment later (or earlier, if below 0) by days, weeks, months, years, hours, minutes or seconds; months end on their last day.',
    examples: [
      ["addTime('2025-01-31', 1, 'months')", '2025-02-28'],
      ["addTime('2025-03-01T10:00:00Z', -90, 'minutes')", '2025-03-01T08:30:00Z'],
    ],
    cost: 100,
    run: (text: string, amount: Numeric, unit: string) => addTo(text, wholeNumber(amount, 'addTime'), unit),
  },
  {
    name: 'timeBetween',
    parameters: [moment('from'), moment('to'), t('unit')],
    returns: intType,
    sentence: 'Whole days, weeks, months, years, hours, minutes or seconds from the first to the second.',
    examples: [
      ["timeBetween('2025-01-31', '2025-03-01', 'days')", 29],
      ["timeBetween('2025-03-01T10:00:00Z', '2025-03-01T08:30:00Z', 'minutes')", -90],
    ],
    cost: 100,
    run: (from: string, to: string, unit: string) => between(from, to, unit),
  },
  {
    name: 'inZone',
    parameters: [moment('moment'), t('zone')],
    returns: textType,
    sentence: 'The same moment as the clocks of a zone show it.',
    examples: [
      ["inZone('2025-07-01T10:00:00Z', 'Europe/Kyiv')", '2025-07-01T13:00:00+03:00'],
      ["date(inZone('2025-03-01T23:30:00Z', 'Europe/Warsaw'))", '2025-03-02'],
    ],
    cost: 100,
    run: (text: string, zone: string) => inZone(text, zone),
  },
  {
    name: 'fromUnix',
    parameters: [any('seconds')],
    returns: textType,
    sentence: 'The moment of a count of seconds since 1970, in UTC.',
    examples: [
      ['fromUnix(1740823200)', '2025-03-01T10:00:00Z'],
      ["fromUnix('0')", '1970-01-01T00:00:00Z'],
    ],
    cost: 5,
    run: (seconds: unknown) => fromUnix(wholeNumber(seconds, 'fromUnix')),
  },
  {
    name: 'toUnix',
    parameters: [moment('moment')],
    returns: intType,
    sentence: 'Whole seconds since 1970 of a moment with an offset.',
    examples: [
      ["toUnix('2025-03-01T11:00:00+01:00')", 1740823200],
      ["toUnix('1970-01-01T00:00:00Z')", 0],
    ],
    cost: 5,
    run: (text: string) => toUnix(text),
  },
];
