import { Alert } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from './live.js';

/** A worker that is gone is missed after five seconds; other systems seldom take as long for one batch. */
const quietMs = 4_000;

/** Says what goes on while a run is under way and yet no count moves. */
export function Stillness({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const [isStill, setStill] = useState(false);
  const { state, totals } = run;
  const counts = Object.values(totals).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each count that moves begins the wait again
  useEffect(() => {
    setStill(false);
    if (state !== 'running' && state !== 'queued') return;
    const timer = setTimeout(() => setStill(true), quietMs);
    return () => clearTimeout(timer);
  }, [state, counts]);
  if (!isStill) return null;
  return (
    <Alert color="gray" title={t('stillness.title')}>
      {t(state === 'queued' ? 'stillness.queued' : 'stillness.text')}
    </Alert>
  );
}
