/** Signals that ask for an orderly end: Ctrl-C, `kill`, a closed terminal. */
const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C under npm arrives twice, from the terminal and passed on by npm; within this time that is one wish. */
const oneWishMs = 1_000;

export interface StopSignals {
  /** Gives the signals back to the system's default. */
  forget(): void;
}

/**
 * Calls `onStop` at the first signal and `onHurry` at a second one that comes at least a second later (the person does
 * not want to wait). Only the starting points call this.
 */
export function listenToStopSignals(onStop: (name: string) => void, onHurry: (name: string) => void): StopSignals {
  let firstAt: number | undefined;
  const hear = (name: NodeJS.Signals): void => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      onStop(name);
    } else if (now - firstAt >= oneWishMs) {
      onHurry(name);
    }
  };
  for (const name of names) process.on(name, hear);
  return {
    forget: () => {
      for (const name of names) process.off(name, hear);
    },
  };
}
