import { Random } from '../../sandbox/kit/random.js';
import { startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import type { SiegeContext } from './siege.js';

export interface ContextOptions {
  readonly scale: number;
  readonly seed: number;
  readonly isShort?: boolean;
  readonly log?: (text: string) => void;
}

/** A context for one promise; `close` stops everything that was started, the newest first. */
export function openContext(options: ContextOptions): SiegeContext & { close(): Promise<void> } {
  const stops: (() => Promise<void> | void)[] = [];
  const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
    stops.push(() => started.stop());
    return started;
  };
  return {
    scale: options.scale,
    seed: options.seed,
    random: new Random(options.seed),
    isShort: options.isShort ?? false,
    size: (full, least) => Math.max(least, Math.round(full * options.scale)),
    // Loaded where it is needed: many promises do without an engine.
    startEngine: async (engine) => keep(await (await import('../support/engine.js')).startTestEngine(engine)),
    startCrm: async (crm) => keep(await startRestCrm(crm)),
    startServers: async () => keep(await (await import('./own-servers.js')).startOwnServers()),
    onEnd: (stop) => void stops.push(stop),
    log: options.log ?? (() => undefined),
    close: async () => {
      const failures: unknown[] = [];
      for (const stop of stops.splice(0).reverse()) {
        await Promise.resolve(stop()).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
