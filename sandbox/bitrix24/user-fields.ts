import type { Json, JsonObject } from '../kit/json.js';
import { camelCustomName, type Field } from './fields.js';

/** One value of a list field. */
export interface EnumValue {
  readonly id: number;
  value: string;
  sort: number;
  def: boolean;
  xmlId: string;
}

/** A custom field as the account defines it. */
export interface UserField {
  readonly id: number;
  /** `CRM_DEAL`, or `CRM_n` for a smart process. */
  readonly entityId: string;
  readonly fieldName: string;
  readonly type: string;
  readonly multiple: boolean;
  mandatory: boolean;
  sort: number;
  showFilter: string;
  xmlId: string | null;
  settings: JsonObject;
  /** Captions by language. */
  labels: Record<string, string>;
  list: EnumValue[];
}

/** Every type a custom field may have, with its name. */
export const userFieldTypes: Readonly<Record<string, string>> = {
  string: 'String',
  integer: 'Integer',
  double: 'Number',
  boolean: 'Yes/No',
  enumeration: 'List',
  datetime: 'Date/Time',
  date: 'Date',
  money: 'Money',
  url: 'Link',
  address: 'Address',
  file: 'File',
  employee: 'Binding to employee',
  crm_status: 'Link to CRM dictionaries',
  iblock_section: 'Bind to information block sections',
  iblock_element: 'Bind to information block elements',
  crm: 'Link to CRM items',
};

const DEFAULT_SETTINGS: Readonly<Record<string, JsonObject>> = {
  string: { SIZE: 20, ROWS: 1, REGEXP: '', MIN_LENGTH: 0, MAX_LENGTH: 0, DEFAULT_VALUE: '' },
  integer: { SIZE: 20, MIN_VALUE: 0, MAX_VALUE: 0, DEFAULT_VALUE: null },
  double: { PRECISION: 2, SIZE: 20, MIN_VALUE: 0, MAX_VALUE: 0, DEFAULT_VALUE: null },
  boolean: { DEFAULT_VALUE: 0, DISPLAY: 'CHECKBOX', LABEL: ['', ''], LABEL_CHECKBOX: '' },
  enumeration: { DISPLAY: 'LIST', LIST_HEIGHT: 1, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' },
  datetime: { DEFAULT_VALUE: { TYPE: 'NONE', VALUE: '' }, USE_SECOND: 'Y', USE_TIMEZONE: 'N' },
  date: { DEFAULT_VALUE: { TYPE: 'NONE', VALUE: '' } },
  money: { DEFAULT_VALUE: '' },
  crm: { LEAD: 'N', CONTACT: 'Y', COMPANY: 'Y', DEAL: 'N' },
  crm_status: { ENTITY_TYPE: 'SOURCE' },
};

export const defaultSettings = (type: string): JsonObject => ({ ...DEFAULT_SETTINGS[type] });

/** What the entity's field list shows of a custom field. */
export function fieldOf(custom: UserField): Field {
  return {
    name: camelCustomName(custom.fieldName),
    upper: custom.fieldName,
    type: custom.type,
    title: captionOf(custom),
    isRequired: custom.mandatory,
    isReadOnly: false,
    isImmutable: false,
    isMultiple: custom.multiple,
    isDeprecated: false,
    family: 'both',
    isHidden: false,
    statusType: custom.type === 'crm_status' ? String(custom.settings.ENTITY_TYPE ?? 'SOURCE') : undefined,
    settings: custom.settings,
    custom,
  };
}

function captionOf({ labels, fieldName }: UserField): string {
  return labels.en ?? labels.ru ?? Object.values(labels)[0] ?? fieldName;
}

/** A row of `crm.*.userfield.get` (captions by language) or `.list` (one caption). */
export function userFieldRow(field: UserField, isList: boolean): JsonObject {
  const caption: Json = isList ? captionOf(field) : { ...field.labels };
  const nothing: Json = isList ? null : Object.fromEntries(Object.keys(field.labels).map((key) => [key, '']));
  return {
    ID: String(field.id),
    ENTITY_ID: field.entityId,
    FIELD_NAME: field.fieldName,
    USER_TYPE_ID: field.type,
    XML_ID: field.xmlId,
    SORT: String(field.sort),
    MULTIPLE: field.multiple ? 'Y' : 'N',
    MANDATORY: field.mandatory ? 'Y' : 'N',
    SHOW_FILTER: field.showFilter,
    SHOW_IN_LIST: 'Y',
    EDIT_IN_LIST: 'Y',
    IS_SEARCHABLE: 'N',
    SETTINGS: field.settings,
    EDIT_FORM_LABEL: caption,
    LIST_COLUMN_LABEL: caption,
    LIST_FILTER_LABEL: caption,
    ERROR_MESSAGE: nothing,
    HELP_MESSAGE: nothing,
    ...(field.type === 'enumeration'
      ? {
          LIST: field.list.map(({ id, sort, value, def, xmlId }) => ({
            ID: String(id),
            SORT: String(sort),
            VALUE: value,
            DEF: def ? 'Y' : 'N',
            XML_ID: xmlId,
          })),
        }
      : {}),
  };
}

/** A row of `userfieldconfig.*`. */
export function userFieldConfigRow(field: UserField, withEnum: boolean): JsonObject {
  const nothing = Object.fromEntries(Object.keys(field.labels).map((key) => [key, null]));
  return {
    id: String(field.id),
    entityId: field.entityId,
    fieldName: field.fieldName,
    userTypeId: field.type,
    xmlId: field.xmlId,
    sort: String(field.sort),
    multiple: field.multiple ? 'Y' : 'N',
    mandatory: field.mandatory ? 'Y' : 'N',
    showFilter: field.showFilter,
    showInList: 'Y',
    editInList: 'Y',
    isSearchable: 'N',
    settings: field.settings,
    languageId: Object.fromEntries(Object.keys(field.labels).map((key) => [key, key])),
    editFormLabel: { ...field.labels },
    listColumnLabel: { ...field.labels },
    listFilterLabel: { ...field.labels },
    errorMessage: nothing,
    helpMessage: nothing,
    ...(withEnum && field.type === 'enumeration'
      ? {
          enum: field.list.map(({ id, sort, value, def, xmlId }) => ({
            id: String(id),
            userFieldId: String(field.id),
            value,
            def: def ? 'Y' : 'N',
            sort: String(sort),
            xmlId,
          })),
        }
      : {}),
  };
}
