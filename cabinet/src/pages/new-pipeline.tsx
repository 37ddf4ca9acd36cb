import { Anchor, Button, Group, Paper, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, ProblemError } from '../api.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { connectSandboxes, useSandboxes } from '../parts/sandboxes.js';
import { LinkTo } from '../parts/work/link-to.js';
import { sandboxesOf, type TemplateName, templateNames, templateText } from './new-pipeline/templates.js';

/** From an example to a draft that can be mended and published. */
export function NewPipeline() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [template, setTemplate] = useState<TemplateName>('contacts');
  const [id, setId] = useState('');
  const [title, setTitle] = useState('');
  const [isTaken, setIsTaken] = useState(false);
  const connections = useQuery({ queryKey: ['connections', 'list'], queryFn: () => answerOf(api.GET('/connections')) });
  const fitting = useSandboxes().filter((offer) => sandboxesOf(template).includes(offer.name));
  const canTry = fitting.length === sandboxesOf(template).length;
  const [wish, setWish] = useState<boolean | null>(null);
  // Who has connected nothing yet begins on sandboxes, unless they say otherwise.
  const isOnSandboxes = canTry && (wish ?? connections.data?.items.length === 0);
  const textOf = (ownId: string, ownTitle: string): string =>
    templateText(template, { id: ownId, title: ownTitle, isOnSandboxes });
  const creating = useMutation({
    mutationFn: async () => {
      setIsTaken(false);
      if (isOnSandboxes) await connectSandboxes(fitting);
      const definition = textOf(id, title.trim() || id);
      // A draft of another pipeline is never written over.
      const headers = { 'if-none-match': '*' };
      await answerOf(api.PUT('/pipelines/{id}/draft', { params: { path: { id } }, headers, body: { definition } }));
    },
    onSuccess: () => navigate({ to: '/pipelines/$id', params: { id } }),
    onError: (error) => setIsTaken(error instanceof ProblemError && error.problem.code === 'api/precondition_failed'),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!creating.isPending) creating.mutate();
  };
  return (
    <>
      <PageHead title={t('starter.title')} below={<Text c="dimmed">{t('starter.text')}</Text>} />
      <form onSubmit={send}>
        <Stack maw={640}>
          <TextInput
            label={t('starter.id')}
            description={t('starter.idRule')}
            required
            pattern="[a-z][a-z0-9\-]*"
            maxLength={63}
            autoComplete="off"
            spellCheck={false}
            value={id}
            error={isTaken && t('starter.taken')}
            onChange={(event) => {
              setId(event.currentTarget.value);
              setIsTaken(false);
            }}
          />
          {isTaken && (
            <LinkTo to="/pipelines/$id" params={{ id }} size="sm">
              {t('starter.open')}
            </LinkTo>
          )}
          <TextInput
            label={t('starter.name')}
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('starter.template')}
            value={template}
            onChange={(value) => setTemplate(templateNames.find((name) => name === value) ?? 'contacts')}
          >
            <Stack gap="xs" mt="xs">
              {templateNames.map((name) => (
                <Radio
                  key={name}
                  value={name}
                  label={t(`starter.templates.${name}`)}
                  description={t(`starter.abouts.${name}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {canTry && (
            <Switch
              label={t('sandboxes.tryOn')}
              description={t('sandboxes.about', { names: fitting.map(({ name }) => name).join(', ') })}
              checked={isOnSandboxes}
              onChange={(event) => setWish(event.currentTarget.checked)}
            />
          )}
          <Paper withBorder p="sm" component="section" aria-label={t('starter.preview')}>
            <pre className="vendor-words mono">{textOf(id || 'my-pipeline', title || id || 'My pipeline')}</pre>
          </Paper>
          <ProblemAlert error={isTaken ? null : creating.error} />
          <Group justify="space-between">
            <Anchor component="button" type="button" size="sm" onClick={() => void navigate({ to: '/' })}>
              {t('work.back')}
            </Anchor>
            <Button type="submit" loading={creating.isPending}>
              {t('starter.button')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
