import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api.js';

/** What went wrong and what to do, in the server's own words. */
export function ProblemAlert({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error == null) return null;
  const problem = error instanceof ProblemError ? error.problem : null;
  return (
    <Alert color="red" title={problem?.message ?? t('errors.network')} role="alert" my="md">
      {problem?.hint ?? t('errors.later')}
    </Alert>
  );
}
