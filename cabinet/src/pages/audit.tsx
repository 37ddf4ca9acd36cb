import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { AuditLog } from '../parts/audit-log.js';
import { PageHead } from '../parts/page-head.js';

/** The log of the account. */
export function Audit() {
  const { t } = useTranslation();
  const filters = useSearch({ from: '/shell/audit' });
  const navigate = useNavigate({ from: '/audit' });
  return (
    <>
      <PageHead title={t('auditLog.title')} about={t('auditLog.about')} />
      <AuditLog
        name="audit"
        filters={filters}
        filter={(search) => void navigate({ search })}
        list={(query) => answerOf(api.GET('/audit', { params: { query } }))}
        verify={() => answerOf(api.GET('/audit/verify'))}
      />
    </>
  );
}
