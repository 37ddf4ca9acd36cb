import type { Column, ColumnKind, ObjectSchema } from './columns.js';
import { readOnlyNames } from './columns.js';

const kinds: Readonly<Record<string, ColumnKind>> = {
  'Edm.String': 'text',
  'Edm.Int16': 'integer',
  'Edm.Int32': 'integer',
  'Edm.Int64': 'integer',
  'Edm.Decimal': 'decimal',
  'Edm.Double': 'decimal',
  'Edm.Single': 'decimal',
  'Edm.Boolean': 'boolean',
  'Edm.DateTimeOffset': 'datetime',
};

/**
 * The objects of an EDMX document by name. It knows types and lookups; captions, date-only columns, what is required
 * and what is read-only it does not tell. Written for a document of megabytes: one walk, no tree.
 */
export function parseMetadata(xml: string): ReadonlyMap<string, ObjectSchema> {
  const objects = new Map<string, ObjectSchema>();
  let at = 0;
  for (;;) {
    const start = xml.indexOf('<EntityType ', at);
    if (start === -1) return objects;
    const end = xml.indexOf('</EntityType>', start);
    const body = xml.slice(start, end === -1 ? xml.length : end);
    const name = attribute(body, 'Name');
    if (name !== null) {
      objects.set(name, { name, title: name, columns: columnsOf(body), caption: 'Name', isComplete: true });
    }
    at = end === -1 ? xml.length : end;
  }
}

function columnsOf(body: string): Column[] {
  const lookups = new Map<string, string>();
  for (const tag of tagsOf(body, '<NavigationProperty ')) {
    const name = attribute(tag, 'Name');
    const type = attribute(tag, 'Type');
    if (name !== null && type !== null && !type.startsWith('Collection(')) {
      lookups.set(`${name}Id`, type.slice(type.lastIndexOf('.') + 1));
    }
  }
  return tagsOf(body, '<Property ').flatMap((tag) => {
    const name = attribute(tag, 'Name');
    const type = attribute(tag, 'Type');
    if (name === null || type === null) return [];
    const refersTo = lookups.get(name);
    const kind = refersTo !== undefined ? 'lookup' : type === 'Edm.Guid' ? 'id' : kinds[type];
    if (kind === undefined) return [];
    return [
      {
        name,
        kind,
        ...(refersTo !== undefined && { refersTo }),
        ...(readOnlyNames.has(name) && { isReadOnly: true }),
      },
    ];
  });
}

function tagsOf(body: string, opening: string): string[] {
  const tags: string[] = [];
  for (let at = body.indexOf(opening); at !== -1; at = body.indexOf(opening, at + 1)) {
    const end = body.indexOf('>', at);
    tags.push(body.slice(at, end === -1 ? body.length : end));
  }
  return tags;
}

function attribute(tag: string, name: string): string | null {
  const start = tag.indexOf(` ${name}="`);
  if (start === -1) return null;
  const from = start + name.length + 3;
  const end = tag.indexOf('"', from);
  return end === -1 ? null : tag.slice(from, end);
}
