import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { ProblemAlert } from '../parts/problem.js';
import { PublicPage } from '../parts/public-page.js';
import { type AskedRequest, RequestForm } from '../parts/request-form.js';

/** How to reach those who run this installation, and a form for whoever has no sign-in. */
export function Contacts() {
  const { t } = useTranslation();
  const contacts = useQuery({ queryKey: ['contacts'], queryFn: () => answerOf(api.GET('/contacts')) });
  const [link, setLink] = useState<string | null>(null);
  const ask = async ({ website, ...asked }: AskedRequest): Promise<void> => {
    const body = { ...asked, ...(website !== '' && { website }) };
    setLink((await answerOf(api.POST('/visitor-requests', { body }))).link);
  };
  const { email = null, phone = null, company = null } = contacts.data ?? {};
  return (
    <PublicPage title={t('contacts.title')}>
      <ProblemAlert error={contacts.error} />
      <Stack gap={4} mb="xl">
        {company !== null && <pre className="plain">{company}</pre>}
        {email !== null && <Anchor href={`mailto:${email}`}>{email}</Anchor>}
        {phone !== null && <Anchor href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</Anchor>}
        {contacts.data !== undefined && company === null && email === null && phone === null && (
          <Text>{t('contacts.none')}</Text>
        )}
      </Stack>
      <Title order={2} size="h3" mb="sm">
        {t('contacts.ask')}
      </Title>
      {link === null ? (
        <RequestForm isVisitor submit={ask} />
      ) : (
        <div role="status">
          <Text>{t('contacts.sent')}</Text>
          <Anchor href={link} underline="always">
            {t('contacts.thread')}
          </Anchor>
        </div>
      )}
    </PublicPage>
  );
}
