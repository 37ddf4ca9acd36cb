/** Welch's t of two samples: how sure it is that their means differ, whatever their spreads. */
export function welch(a: readonly number[], b: readonly number[]): number {
  const [one, other] = [momentsOf(a), momentsOf(b)];
  const spread = Math.sqrt(one.variance / a.length + other.variance / b.length);
  return spread === 0 ? 0 : (one.mean - other.mean) / spread;
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, variance };
}

/** The value below which so large a share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/**
 * Times two kinds of requests in turn and in random order, so that what else the machine does falls on both alike.
 * The slowest twentieth of each is left out: it tells of the machine, not of the code.
 */
export async function timeInTurns(
  rounds: number,
  random: () => number,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<readonly [number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await work();
    into.push(performance.now() - began);
  };
  for (let round = 0; round < rounds; round += 1) {
    const isFirst = random() < 0.5;
    await timed(times[isFirst ? 0 : 1], isFirst ? first : second);
    await timed(times[isFirst ? 1 : 0], isFirst ? second : first);
  }
  return [trimmed(times[0]), trimmed(times[1])];
}

function trimmed(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length * 0.95));
}
