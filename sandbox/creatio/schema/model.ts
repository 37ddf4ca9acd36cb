import { namedGuid } from '../guid.js';
import { type ColumnSpec, makeColumn, parseColumn, systemColumns } from './columns.js';
import { filedEntities, fileEntity, standardEntities, tagEntities, taggedEntities } from './entities.js';
import { lookupExtras, lookupTables } from './lookups.js';

/** One object (table) of the configuration. */
export interface EntitySpec {
  readonly name: string;
  readonly caption: string;
  /** The column shown for a record of it in lookups. */
  readonly display: string;
  readonly uId: string;
  /** By the name in filter paths and DataService. */
  readonly columns: Map<string, ColumnSpec>;
  /** By the name in OData bodies. */
  readonly properties: Map<string, ColumnSpec>;
  /** A list of values. */
  readonly isLookup: boolean;
  readonly inODataFrom: number;
}

/** A seeded value of a list. */
export interface LookupValue {
  readonly entity: string;
  readonly name: string;
  readonly id: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The objects of one installation. Columns and objects may be added while it runs. */
export class SchemaModel {
  readonly entities = new Map<string, EntitySpec>();
  readonly lookupValues: readonly LookupValue[];
  /** Grows with every change of the configuration. */
  version = 0;

  constructor() {
    this.#parse(standardEntities);
    for (const owner of filedEntities) this.#parse(fileEntity(owner));
    for (const owner of taggedEntities) this.#parse(tagEntities(owner));
    this.lookupValues = parseLookups((name, caption) => this.addLookup(name, caption));
  }

  entity(name: string): EntitySpec | undefined {
    return this.entities.get(name);
  }

  /** Objects that OData shows at this moment, in alphabetical order. */
  inOData(now: number): EntitySpec[] {
    return [...this.entities.values()]
      .filter(({ inODataFrom }) => inODataFrom <= now)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  addLookup(name: string, caption: string, inODataFrom = 0): EntitySpec {
    const lines = ['Name text! Name | Название', 'Description text250 Description | Описание'];
    const extras = lookupExtras[name]?.split('\n') ?? [];
    return this.#add(name, caption, 'Name', [...lines, ...extras], true, inODataFrom);
  }

  addColumn(
    entity: EntitySpec,
    order: { name: string; type: string; caption: string; target?: string; inODataFrom: number },
  ): ColumnSpec {
    const caption = { 'en-US': order.caption };
    const column = makeColumn({ ...order, entity: entity.name, caption });
    register(entity, column);
    this.version += 1;
    return column;
  }

  #parse(text: string): void {
    for (const block of text.split(/^= /m).slice(1)) {
      const [head = '', ...lines] = block.trim().split('\n');
      const [name = '', caption = '', display = 'Id'] = head.split('|').map((part) => part.trim());
      this.#add(name, caption, display, lines, false, 0);
    }
  }

  #add(
    name: string,
    caption: string,
    display: string,
    lines: readonly string[],
    isLookup: boolean,
    inODataFrom: number,
  ): EntitySpec {
    const entity: EntitySpec = {
      name,
      caption,
      display,
      uId: namedGuid(`entity/${name}`),
      columns: new Map(),
      properties: new Map(),
      isLookup,
      inODataFrom,
    };
    for (const column of systemColumns(name)) register(entity, column);
    for (const line of lines) register(entity, parseColumn(name, line));
    this.entities.set(name, entity);
    this.version += 1;
    return entity;
  }
}

function register(entity: EntitySpec, column: ColumnSpec): void {
  entity.columns.set(column.name, column);
  entity.properties.set(column.property, column);
}

function parseLookups(add: (name: string, caption: string) => EntitySpec): LookupValue[] {
  return lookupTables
    .trim()
    .split('\n')
    .flatMap((line) => {
      const colon = line.indexOf(':');
      const [name = '', caption = ''] = line.slice(0, colon).split(' | ');
      const entity = add(name, caption);
      return line
        .slice(colon + 1)
        .split(';')
        .map((value) => lookupValue(entity.name, value.trim()));
    });
}

function lookupValue(entity: string, text: string): LookupValue {
  const attributes = / @(\S+)$/.exec(text)?.[1] ?? '';
  const plain = text.replace(/ @\S+$/, '');
  const id = / #([0-9a-f-]{36})$/.exec(plain)?.[1];
  return {
    entity,
    id,
    name: plain.replace(/ #[0-9a-f-]{36}$/, ''),
    attributes: Object.fromEntries(
      attributes
        .split(',')
        .filter(Boolean)
        .map((pair) => pair.split('=')),
    ),
  };
}
