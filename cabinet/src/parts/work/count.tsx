import { useTranslation } from 'react-i18next';

/** Writes numbers as the reader's language does. */
export function useCount(): (value: number, digits?: number) => string {
  const { i18n } = useTranslation();
  return (value, digits = 0) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value);
}

/** A length of time in its two largest units, such as `2 h 5 min`. */
export function useLength(): (ms: number) => string {
  const { i18n } = useTranslation();
  return (ms) => {
    const parts: [number, 'day' | 'hour' | 'minute' | 'second'][] = [
      [Math.floor(ms / 86_400_000), 'day'],
      [Math.floor(ms / 3_600_000) % 24, 'hour'],
      [Math.floor(ms / 60_000) % 60, 'minute'],
      [Math.floor(ms / 1_000) % 60, 'second'],
    ];
    const first = parts.findIndex(([value]) => value > 0);
    const shown = first < 0 ? parts.slice(3) : parts.slice(first, first + 2).filter(([value]) => value > 0);
    return shown
      .map(([value, unit]) => new Intl.NumberFormat(i18n.language, { style: 'unit', unit }).format(value))
      .join(' ');
  };
}
