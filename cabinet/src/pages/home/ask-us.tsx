import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { Card } from '../../parts/card.js';
import { useChange } from '../../parts/change.js';
import { type AskedRequest, RequestForm } from '../../parts/request-form.js';
import { LinkTo } from '../../parts/work/link-to.js';

/** The request form: a set-up or a new feature is one message away. */
export function AskUs() {
  const { t } = useTranslation();
  const [filed, setFiled] = useState<{ readonly id: string; readonly number: number } | null>(null);
  const filing = useChange({
    change: ({ kind, subject, text }: AskedRequest) =>
      answerOf(api.POST('/requests', { body: { kind, subject, text } })),
    touches: [['requests']],
    after: setFiled,
  });
  return (
    <Card title={t('home.ask')}>
      <Text size="sm" c="dimmed" mb="sm" maw={680}>
        {t('requests.about')}
      </Text>
      {filed === null ? (
        <div className="form-width">
          <RequestForm isVisitor={false} submit={filing.mutateAsync} />
        </div>
      ) : (
        <Text role="status">
          {t('home.asked')}{' '}
          <LinkTo to="/requests/$id" params={{ id: filed.id }} underline="always">
            {t('home.askedLink', { number: filed.number })}
          </LinkTo>
        </Text>
      )}
    </Card>
  );
}
