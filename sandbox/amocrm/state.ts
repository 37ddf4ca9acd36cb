import { shown } from './render.js';
import type { AmoStore } from './store.js';
import { streamNames } from './streams.js';

const ALL_PARTS: ReadonlySet<string> = new Set([
  'contacts',
  'leads',
  'customers',
  'catalog_elements',
  'source_id',
  'loss_reason',
]);

/** Every stream with its living records as the API shows them, with all their links and with `external_id`. */
export function* stateOf(store: AmoStore): Generator<readonly [string, Iterable<string>]> {
  for (const stream of streamNames) yield [stream, records(store, stream)];
}

function* records(store: AmoStore, stream: (typeof streamNames)[number]): Generator<string> {
  const table = store.tables[stream];
  const showing = { base: '', store, settings: store.settings, with: ALL_PARTS };
  for (const row of table.rows()) {
    const record = table.record(row);
    const entity = stream === 'notes' ? { entity_type: record.entity_type } : {};
    yield JSON.stringify({
      ...shown(showing, stream, record),
      ...entity,
      external_id: store.externalIdOf(stream, record),
    });
  }
}
