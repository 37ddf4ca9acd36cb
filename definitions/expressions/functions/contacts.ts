import {
  type CountryCode,
  isSupportedCountry,
  type MetadataJson,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min';
import { RE2JS } from 're2js';
import { fail } from '../meter.js';
import { boolType, textType } from '../types.js';
import { type FunctionDeclaration, t } from './kinds.js';

export const contactFunctions: readonly FunctionDeclaration[] = [
  {
    name: 'phone',
    parameters: [t('text'), t('region', true)],
    returns: textType,
    sentence: 'A phone number in international form; the region is the country of numbers without a country code.',
    examples: [
      ["phone('22 123 45 67', 'PL')", '+48221234567'],
      ["phone('+7 (912) 345-67-89')", '+79123456789'],
    ],
    cost: 200,
    run: (text: string, region?: string) =>
      phoneText(text, region ?? null) ?? fail('the text is not a phone number of that region'),
  },
  {
    name: 'isPhone',
    parameters: [t('text'), t('region', true)],
    returns: boolType,
    sentence: 'Tells whether `phone` can read the text.',
    examples: [
      ["isPhone('22 123 45 67', 'PL')", true],
      ["isPhone('call me', 'PL')", false],
    ],
    cost: 200,
    run: (text: string, region?: string) => phoneText(text, region ?? null) !== null,
  },
  {
    name: 'isEmail',
    parameters: [t('text')],
    returns: boolType,
    sentence: 'Tells whether the text has the form of one e-mail address.',
    examples: [
      ["isEmail('info@acme.pl')", true],
      ["isEmail('info@')", false],
    ],
    run: isEmail,
  },
  {
    name: 'rx',
    parameters: [t('text'), t('pattern')],
    returns: textType,
    sentence:
      'The first place that the pattern (RE2, written out in quotes) finds, or its first group; null where it finds nothing.',
    examples: [
      ["rx('Invoice FV/12/2025', '[A-Z]+/([0-9]+)/')", '12'],
      ["rx('no digits', '[0-9]+')", null],
    ],
    run: () => fail('`rx` needs a pattern that is written out'),
  },
];

const phoneRules: MetadataJson = metadata;

/** E.164, or null where the text is no phone number. */
export function phoneText(text: string, region: string | null): string | null {
  if (text.length > 100) return null;
  const country = region !== null && isRegion(region) ? region : undefined;
  const number = parsePhoneNumberFromString(text, { defaultCountry: country }, phoneRules);
  return number?.isPossible() && number.ext === undefined ? number.number : null;
}

export function isRegion(text: string): text is CountryCode {
  // The library types the question by its answer.
  return isSupportedCountry(text as CountryCode, phoneRules);
}

function isEmail(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@') || text.length > 254 || /[\s,;<>"]/.test(text)) return false;
  const host = text.slice(at + 1);
  return host.includes('.') && host.split('.').every((label) => label !== '' && label.length < 64);
}

export interface Pattern {
  /** Steps for one character of text. */
  readonly costPerCharacter: number;
  find(text: string): string | null;
}

/** A pattern for `rx`: RE2, so its time grows with the text and never explodes. Throws with the engine's words. */
export function compilePattern(source: string): Pattern {
  if (source.length > 500) throw new RangeError('it is longer than 500 characters');
  const compiled = RE2JS.compile(source);
  const size = compiled.programSize();
  if (size > 2000) throw new RangeError('it repeats too much');
  const hasGroup = compiled.groupCount() > 0;
  return {
    costPerCharacter: Math.ceil(size / 10),
    find(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return null;
      return (hasGroup ? matcher.group(1) : matcher.group()) ?? null;
    },
  };
}
