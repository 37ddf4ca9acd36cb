const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `5m` in milliseconds; null for anything that is not a whole number with ms, s, m, h or d. */
export function durationMs(text: string): number | null {
  const parts = /^(\d{1,7})(ms|s|m|h|d)$/.exec(text);
  if (!parts) return null;
  const ms = Number(parts[1]) * (unitMs[parts[2] ?? ''] ?? Number.NaN);
  return Number.isSafeInteger(ms) ? ms : null;
}

/** The shortest text of a length of time: 300000 is `5m`. */
export function durationText(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = unitMs[unit] ?? 1;
    if (ms > 0 && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

/** `5%` as 0.05; null for anything that is not between 0 and 100 percent. */
export function shareOf(text: string): number | null {
  const parts = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text);
  const percent = Number(parts?.[1] ?? Number.NaN);
  return percent >= 0 && percent <= 100 ? percent / 100 : null;
}
