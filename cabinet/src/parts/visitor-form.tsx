import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api.js';
import { type AskedRequest, RequestForm } from './request-form.js';

/** A request of whoever has no sign-in; afterwards the link to the conversation stands in its place. */
export function VisitorForm() {
  const { t } = useTranslation();
  const [link, setLink] = useState<string | null>(null);
  const ask = async ({ website, ...asked }: AskedRequest): Promise<void> => {
    const body = { ...asked, ...(website !== '' && { website }) };
    setLink((await answerOf(api.POST('/visitor-requests', { body }))).link);
  };
  if (link === null) return <RequestForm isVisitor submit={ask} />;
  return (
    <div role="status">
      <Text>{t('contacts.sent')}</Text>
      <Anchor href={link} underline="always">
        {t('contacts.thread')}
      </Anchor>
    </div>
  );
}
