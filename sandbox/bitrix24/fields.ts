import type { JsonObject } from '../kit/json.js';
import type { UserField } from './user-fields.js';

/** One field of an entity under the two names that the two families of methods give it. */
export interface Field {
  /** Name in the universal methods, and in the store; custom fields are stored under their upper name. */
  readonly name: string;
  /** Name in the old methods. */
  readonly upper: string;
  readonly type: string;
  readonly title: string;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  readonly isImmutable: boolean;
  readonly isMultiple: boolean;
  readonly isDeprecated: boolean;
  /** Which family of methods knows the field. */
  readonly family: 'both' | 'old' | 'universal';
  /** Described and writable, but never part of a row of the old methods. */
  readonly isHidden: boolean;
  /** The directory that holds the values of a `crm_status` field. */
  readonly statusType?: string;
  readonly settings?: JsonObject;
  readonly custom?: UserField;
}

/** What is stored under: custom fields keep their upper name because their camel name depends on the asker. */
export const storedName = (field: Field): string => (field.custom === undefined ? field.name : field.upper);

/**
 * Reads lines `name|UPPER|type|flags|Title|statusType`. Flags: R required, o read only, i immutable, m multiple,
 * d deprecated, L old methods only, U universal methods only, h hidden from rows of the old methods.
 */
export function fieldsFrom(lines: string): Field[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', upper = '', type = '', flags = '', title = upper, statusType] = line.trim().split('|');
      const has = (flag: string) => flags.includes(flag);
      return {
        name,
        upper: upper === '' ? upperOf(name) : upper,
        type,
        title,
        isRequired: has('R'),
        isReadOnly: has('o'),
        isImmutable: has('i'),
        isMultiple: has('m'),
        isDeprecated: has('d'),
        family: has('L') ? 'old' : has('U') ? 'universal' : 'both',
        isHidden: has('h'),
        statusType,
        ...parentSettings(type),
      };
    });
}

/** `utmSource` as `UTM_SOURCE`, `parentId177` as `PARENT_ID_177`. */
function upperOf(name: string): string {
  return name.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toUpperCase();
}

/** A custom field's name in the universal methods: `UF_CRM_172` is `ufCrm_172`, `UF_CRM_2_163` is `ufCrm2_163`. */
export function camelCustomName(upper: string): string {
  const rest = upper.replace(/^UF_CRM_/, '');
  const typed = /^(\d+)_(.+)$/.exec(rest);
  if (typed !== null) return `ufCrm${typed[1]}${/^\d/.test(typed[2] ?? '') ? '_' : ''}${camel(typed[2] ?? '')}`;
  return /^\d/.test(rest) ? `ufCrm_${rest}` : `ufCrm${camel(rest)}`;
}

function camel(text: string): string {
  if (/^\d/.test(text)) return text;
  return text
    .toLowerCase()
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function parentSettings(type: string): { settings?: JsonObject } {
  const parent = { crm_company: 4, crm_contact: 3, crm_lead: 1, crm_quote: 7 }[type];
  return parent === undefined || type === 'crm_contact' ? {} : { settings: { parentEntityTypeId: parent } };
}
