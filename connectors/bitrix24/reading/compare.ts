import { isJsonObject, type JsonValue } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';

/** The texts that a record can be found by in a field: its value, the members of a list, the values of entries. */
export function textsOf(record: SourceRecord, field: string): string[] {
  return membersOf(record[field]).flatMap((member) => {
    const text = keyText(isJsonObject(member) ? member.VALUE : member);
    return text === null ? [] : [text];
  });
}

function membersOf(value: JsonValue | undefined): readonly (JsonValue | undefined)[] {
  return Array.isArray(value) ? value : [value];
}

/** How a field's texts are compared: phones by their digits, all else without regard to letter case. */
export function foldOf(field: string): (text: string) => string {
  if (field === 'PHONE') return (text) => text.replace(/\D/g, '') || text;
  return (text) => text.toLowerCase();
}
