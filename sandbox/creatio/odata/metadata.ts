import type { Answer } from '../../kit/exchange.js';
import type { EntitySpec, SchemaModel } from '../schema/model.js';
import { edmTypes } from '../values.js';
import { ODATA_HEADERS } from './errors.js';

const NAMESPACE = 'Terrasoft.Configuration.OData';

/** The service document: every object by name. */
export function serviceDocument(model: SchemaModel, root: string, now: number): Answer {
  const value = model.inOData(now).map(({ name }) => ({ name, kind: 'EntitySet', url: name }));
  return {
    status: 200,
    headers: { ...ODATA_HEADERS },
    body: JSON.stringify({ '@odata.context': `${root}/$metadata`, value }),
  };
}

/** The EDMX: types, lookups and sets, but no captions, defaults, lengths or read-only flags. */
export function metadataDocument(model: SchemaModel, now: number): Answer {
  const entities = model.inOData(now);
  const names = new Set(entities.map(({ name }) => name));
  const incoming = incomingLookups(entities, names, now);
  const types = entities.map((entity) => entityType(entity, names, incoming.get(entity.name) ?? [], now)).join('');
  const sets = entities.map((entity) => entitySet(entity, names, now)).join('');
  const body = `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="${NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">${types}</Schema><Schema Namespace="Default" xmlns="http://docs.oasis-open.org/odata/ns/edm"><EntityContainer Name="Container">${sets}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
  return { status: 200, headers: { 'content-type': 'application/xml', 'odata-version': '4.0' }, body };
}

type Incoming = readonly { readonly from: string; readonly lookup: string }[];

/** Which lookups of other objects point at an object: the other end of each is a collection. */
function incomingLookups(
  entities: readonly EntitySpec[],
  names: ReadonlySet<string>,
  now: number,
): Map<string, Incoming> {
  const found = new Map<string, { from: string; lookup: string }[]>();
  for (const entity of entities) {
    for (const { name, target, inODataFrom } of entity.columns.values()) {
      if (target === undefined || !names.has(target) || inODataFrom > now) continue;
      const held = found.get(target);
      if (held === undefined) found.set(target, [{ from: entity.name, lookup: name }]);
      else held.push({ from: entity.name, lookup: name });
    }
  }
  return found;
}

function entityType(entity: EntitySpec, names: ReadonlySet<string>, incoming: Incoming, now: number): string {
  const columns = [...entity.columns.values()].filter(({ inODataFrom }) => inODataFrom <= now);
  const properties = columns.map(({ property, kind }) => {
    const nullable = kind === 'text' || property === 'Id' ? ' Nullable="false"' : '';
    return `<Property Name="${property}" Type="${edmTypes[kind]}"${nullable}/>`;
  });
  const lookups = columns
    .filter(({ target }) => target !== undefined && names.has(target))
    .map(({ name, target, property }) => {
      const partner = `${entity.name}CollectionBy${name}`;
      return `<NavigationProperty Name="${name}" Type="${NAMESPACE}.${target ?? ''}" Partner="${partner}"><ReferentialConstraint Property="${property}" ReferencedProperty="Id"/></NavigationProperty>`;
    });
  const collections = incoming.map(
    ({ from, lookup }) =>
      `<NavigationProperty Name="${from}CollectionBy${lookup}" Type="Collection(${NAMESPACE}.${from})" Partner="${lookup}"/>`,
  );
  return `<EntityType Name="${entity.name}"><Key><PropertyRef Name="Id"/></Key>${properties.join('')}${lookups.join('')}${collections.join('')}</EntityType>`;
}

function entitySet(entity: EntitySpec, names: ReadonlySet<string>, now: number): string {
  const bindings = [...entity.columns.values()]
    .filter(({ target, inODataFrom }) => target !== undefined && names.has(target) && inODataFrom <= now)
    .map(({ name, target }) => `<NavigationPropertyBinding Path="${name}" Target="${target ?? ''}"/>`);
  return `<EntitySet Name="${entity.name}" EntityType="${NAMESPACE}.${entity.name}">${bindings.join('')}</EntitySet>`;
}
