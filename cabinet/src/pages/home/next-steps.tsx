import { Group, List, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { Card } from '../../parts/card.js';
import { LinkTo } from '../../parts/work/link-to.js';
import { usePipelines } from '../../pipelines.js';

/** For a newcomer, until the first run has ended well: what is done, and what comes next. */
export function NextSteps({ mayWrite }: { readonly mayWrite: boolean }) {
  const { t } = useTranslation();
  const pipelines = usePipelines();
  const connections = useQuery({
    queryKey: ['connections', 'list'],
    queryFn: () => answerOf(api.GET('/connections')),
  });
  if (pipelines.data === undefined || connections.data === undefined) return null;
  const { items } = pipelines.data;
  const hasRun = items.some(({ freshAt }) => freshAt !== null);
  if (hasRun || !mayWrite) return null;
  const steps = [
    { name: 'connect', isDone: connections.data.items.length > 0, to: '/connections/new' },
    { name: 'draw', isDone: items.length > 0, to: '/pipelines/new' },
    { name: 'publish', isDone: items.some(({ publishedVersion }) => publishedVersion !== null), to: '/pipelines' },
    { name: 'run', isDone: hasRun, to: '/pipelines' },
  ] as const;
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <Card title={t('home.steps.title')}>
      <Text size="sm" mb="sm">
        {t('home.steps.text')}
      </Text>
      <List listStyleType="none" spacing="sm" type="ordered">
        {steps.map((step) => (
          <List.Item key={step.name}>
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <ThemeIcon variant="light" size="sm" color={step.isDone ? 'teal' : 'gray'}>
                {step.isDone ? (
                  <IconCheck size={14} role="img" aria-label={t('home.steps.done')} />
                ) : (
                  <IconCircle size={14} aria-hidden />
                )}
              </ThemeIcon>
              <div>
                <LinkTo to={step.to} size="sm" fw={step === next ? 700 : 400}>
                  {t(`home.steps.${step.name}`)}
                </LinkTo>
                <Text size="xs" c="dimmed">
                  {t(`home.steps.${step.name}Text`)}
                </Text>
              </div>
            </Group>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
