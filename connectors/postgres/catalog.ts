import type { PostgresClient } from './client.js';
import type { Column } from './values.js';

/** One table or view that the role may see. */
export interface Table {
  /** As streams are named: without the schema where that is the first one of the connection. */
  readonly stream: string;
  readonly schema: string;
  readonly name: string;
  readonly isTable: boolean;
  /** A table made of partitions cannot say whether an upsert found its row there. */
  readonly isPartitioned: boolean;
  readonly columns: readonly Column[];
  /** The primary key, else a unique index over columns that are never null; null where there is neither. */
  readonly key: readonly string[] | null;
  /** Column sets with a unique index of their own. */
  readonly unique: readonly (readonly string[])[];
  readonly canRead: boolean;
  readonly canInsert: boolean;
  readonly canUpdate: boolean;
  readonly canDelete: boolean;
}

interface ColumnRow {
  readonly schema: string;
  readonly relation: string;
  readonly kind: string;
  readonly name: string;
  readonly type: string;
  readonly base: string;
  readonly is_array: string;
  readonly modifier: string;
  readonly is_nullable: string;
  readonly has_default: string;
  readonly is_generated: string;
  readonly labels: string | null;
  readonly rights: string;
}

interface IndexRow {
  readonly schema: string;
  readonly relation: string;
  readonly is_primary: string;
  readonly columns: string;
}

/** Columns with what their values are made of; a domain counts as the type behind it. */
const columnsText = `
select n.nspname as schema, c.relname as relation, c.relkind::text as kind, a.attname as name,
       format_type(a.atttypid, null) as type,
       coalesce(eb.typname, e.typname, b.typname, t.typname) as base,
       (coalesce(b.typcategory, t.typcategory) = 'A')::text as is_array,
       (case when a.atttypmod <> -1 then a.atttypmod else coalesce(nullif(t.typtypmod, -1), -1) end)::text as modifier,
       (not (a.attnotnull or t.typnotnull))::text as is_nullable,
       (a.atthasdef or a.attidentity <> '')::text as has_default,
       (a.attgenerated <> '' or a.attidentity = 'a')::text as is_generated,
       (select json_agg(l.enumlabel order by l.enumsortorder)::text from pg_enum l
         where l.enumtypid in (t.oid, b.oid)) as labels,
       concat(case when has_table_privilege(c.oid, 'select') then 'r' end,
              case when has_table_privilege(c.oid, 'insert') then 'i' end,
              case when has_table_privilege(c.oid, 'update') then 'u' end,
              case when has_table_privilege(c.oid, 'delete') then 'd' end) as rights
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_type b on b.oid = t.typbasetype and t.typtype = 'd'
  left join pg_type e on e.oid = coalesce(nullif(b.typelem, 0), t.typelem) and coalesce(b.typcategory, t.typcategory) = 'A'
  left join pg_type eb on eb.oid = e.typbasetype and e.typtype = 'd'
 where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
   and has_schema_privilege(n.oid, 'usage')
 order by n.nspname, c.relname, a.attnum`;

const indexesText = `
select n.nspname as schema, c.relname as relation, i.indisprimary::text as is_primary,
       (select json_agg(a.attname order by k.place) from unnest(i.indkey[0:i.indnkeyatts - 1]) with ordinality k(number, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number)::text as columns
  from pg_index i
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_class x on x.oid = i.indexrelid
 where n.nspname = any($1) and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
   and i.indimmediate
 order by not i.indisprimary, x.relname`;

/** Everything of the given schemas that the role may see; the first schema's tables go by their bare name. */
export async function readCatalog(
  client: PostgresClient,
  schemas: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Table>> {
  const columns = await client.rows<ColumnRow>({ text: columnsText, values: [schemas] }, signal);
  const indexes = await client.rows<IndexRow>({ text: indexesText, values: [schemas] }, signal);
  const indexesOf = groupBy(indexes, (row) => `${row.schema}.${row.relation}`);
  const tables = new Map<string, Table>();
  for (const [place, rows] of groupBy(columns, (row) => `${row.schema}.${row.relation}`)) {
    const table = tableOf(rows, indexesOf.get(place) ?? [], schemas[0] ?? 'public');
    tables.set(table.stream, table);
  }
  return tables;
}

function tableOf(rows: readonly ColumnRow[], indexes: readonly IndexRow[], bareSchema: string): Table {
  const { schema, relation, kind, rights } = rows[0] as ColumnRow;
  const columns = rows.map(columnOf);
  const isNeverNull = new Set(columns.filter((column) => !column.isNullable).map((column) => column.name));
  const unique = indexes.map((row) => ({
    isPrimary: row.is_primary === 'true',
    columns: JSON.parse(row.columns ?? '[]') as string[],
  }));
  const key = unique.find((index) => index.isPrimary || index.columns.every((name) => isNeverNull.has(name)));
  const isTable = kind === 'r' || kind === 'p';
  return {
    stream: schema === bareSchema ? relation : `${schema}.${relation}`,
    schema,
    name: relation,
    isTable,
    isPartitioned: kind === 'p',
    columns,
    key: key?.columns ?? null,
    unique: unique.map((index) => index.columns),
    canRead: rights.includes('r'),
    canInsert: isTable && rights.includes('i'),
    canUpdate: isTable && rights.includes('u') && rights.includes('r'),
    canDelete: isTable && rights.includes('d') && rights.includes('r'),
  };
}

function columnOf(row: ColumnRow): Column {
  return {
    name: row.name,
    type: row.type,
    base: row.base,
    isArray: row.is_array === 'true',
    scale: row.base === 'numeric' && Number(row.modifier) !== -1 ? scaleOf(Number(row.modifier)) : null,
    isNullable: row.is_nullable === 'true',
    hasDefault: row.has_default === 'true',
    isGenerated: row.is_generated === 'true',
    labels: row.labels === null ? null : (JSON.parse(row.labels) as string[]),
  };
}

/** The scale stands in 11 bits with a sign of the numeric type's modifier. */
function scaleOf(modifier: number): number {
  const bits = (modifier - 4) & 0x7ff;
  return bits >= 1_024 ? bits - 2_048 : bits;
}

function groupBy<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}
