import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { ProblemAlert } from './problem.js';

/** How to reach those who run this installation. */
export function ContactLines() {
  const { t } = useTranslation();
  const contacts = useQuery({ queryKey: ['contacts'], queryFn: () => answerOf(api.GET('/contacts')) });
  const { email = null, phone = null, company = null } = contacts.data ?? {};
  return (
    <>
      <ProblemAlert error={contacts.error} />
      <Stack gap={4}>
        {company !== null && <pre className="plain">{company}</pre>}
        {email !== null && <Anchor href={`mailto:${email}`}>{email}</Anchor>}
        {phone !== null && <Anchor href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</Anchor>}
        {contacts.data !== undefined && company === null && email === null && phone === null && (
          <Text>{t('contacts.none')}</Text>
        )}
      </Stack>
    </>
  );
}
