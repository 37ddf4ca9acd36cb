import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { AuditLog } from '../../parts/audit-log.js';
import { PageHead } from '../../parts/page-head.js';

/** What was done to the installation itself; the check goes over the logs of all accounts too. */
export function OperatorAudit() {
  const { t } = useTranslation();
  const filters = useSearch({ from: '/shell/operator/audit' });
  const navigate = useNavigate({ from: '/operator/audit' });
  return (
    <>
      <PageHead title={t('operator.audit')} about={t('operator.auditAbout')} />
      <AuditLog
        name="installation-audit"
        filters={filters}
        filter={(search) => void navigate({ search })}
        list={(query) => answerOf(api.GET('/installation/audit', { params: { query } }))}
        verify={() => answerOf(api.GET('/installation/audit/verify'))}
      />
    </>
  );
}
