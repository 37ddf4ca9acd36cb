import { Gauge, type Registry } from 'prom-client';

/** One reading of the store: what stands where. Times in seconds. */
export interface StoreReading {
  readonly outboxRows: number;
  readonly outboxOldestSeconds: number;
  readonly runsByState: Readonly<Record<string, number>>;
  readonly deadLettersOpen: number;
  readonly waitingRecords: number;
  readonly touchedRows: number;
  readonly openBatches: number;
  readonly sweepFindings: number;
  readonly records: Readonly<Record<string, number>>;
}

/** Gauges that are read when somebody asks for the metrics; when the store does not answer they are left out. */
export function addStoreGauges(registry: Registry, read: () => Promise<StoreReading>): void {
  const gauge = (name: string, help: string, labels: readonly string[] = []): Gauge =>
    new Gauge({ name: `pipewright_${name}`, help, labelNames: [...labels], registers: [registry] });
  const outboxRows = gauge('outbox_rows', 'Rows of the outbox that wait to be carried out.');
  const outboxAge = gauge('outbox_oldest_seconds', 'Age of the oldest row of the outbox; 0 is healthy.');
  const runs = gauge('runs', 'Runs by state.', ['state']);
  const deadLetters = gauge('dead_letters_open', 'Records refused for good and not yet looked after.');
  const waiting = gauge('waiting_records', 'Records that wait for the record they refer to.');
  const touched = gauge('touched_records', 'Records announced by webhooks or replays and not yet moved.');
  const batches = gauge('open_batches', 'Batches sent and not confirmed.');
  const findings = gauge('sweep_findings', 'What the sweep found and a person has to look at; 0 is healthy.');
  const records = gauge('records', 'Records of the kept runs, by what became of them.', ['outcome']);
  const up = new Gauge({
    name: 'pipewright_store_up',
    help: '1 when the database answers.',
    registers: [registry],
    collect: async () => {
      const reading = await read().catch(() => null);
      up.set(reading === null ? 0 : 1);
      if (reading === null) return;
      outboxRows.set(reading.outboxRows);
      outboxAge.set(reading.outboxOldestSeconds);
      deadLetters.set(reading.deadLettersOpen);
      waiting.set(reading.waitingRecords);
      touched.set(reading.touchedRows);
      batches.set(reading.openBatches);
      findings.set(reading.sweepFindings);
      runs.reset();
      for (const [state, number] of Object.entries(reading.runsByState)) runs.set({ state }, number);
      for (const [outcome, number] of Object.entries(reading.records)) records.set({ outcome }, number);
    },
  });
}
