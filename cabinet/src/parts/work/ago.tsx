import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const againMs = 30_000;

/** How long ago, or in how long, in words; the exact instant stands behind it. */
export function Ago({ at }: { readonly at: string | null }) {
  const { i18n } = useTranslation();
  const now = useNow();
  if (at === null) return '-';
  const away = Date.parse(at) - now;
  const [unit, size] = units.find(([, each]) => Math.abs(away) >= each) ?? (['second', 1_000] as const);
  const words = new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' });
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  // Seconds would be old as soon as they are read.
  const count = unit === 'second' ? 0 : Math.round(away / size);
  return (
    <Text component="time" size="sm" dateTime={at} title={exact.format(new Date(at))}>
      {words.format(count, unit)}
    </Text>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), againMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
