import { Badge, Button, Checkbox, Group, Loader, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { useChange } from '../parts/change.js';
import { Confirm } from '../parts/confirm.js';
import { Deliveries } from '../parts/deliveries.js';
import { ShownOnce } from '../parts/once.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { useMay } from '../role.js';

type Endpoint = AnswerOf<'listWebhookEndpoints'>['items'][number];
type Kind = Endpoint['kinds'][number];
const kinds: readonly Kind[] = ['run.finished', 'run.failed', 'dead_letters.added', 'connection.broken'];

/** Addresses that are told what happens in the account. */
export function Webhooks() {
  const { t } = useTranslation();
  const mayAdminister = useMay('admin');
  const endpoints = useQuery({
    queryKey: ['webhooks', 'list'],
    queryFn: () => answerOf(api.GET('/webhook-endpoints')),
  });
  return (
    <>
      <PageHead title={t('webhooks.title')} about={t('webhooks.about')} />
      <ProblemAlert error={endpoints.error} />
      {endpoints.isPending && <Loader aria-label={t('loading')} />}
      {mayAdminister && <NewEndpoint />}
      {endpoints.data?.items.length === 0 && <Text maw={680}>{t('webhooks.none')}</Text>}
      <Stack maw={960}>
        {endpoints.data?.items.map((endpoint) => (
          <EndpointCard key={endpoint.id} endpoint={endpoint} mayChange={mayAdminister} />
        ))}
      </Stack>
    </>
  );
}

function NewEndpoint() {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<string[]>(['run.failed', 'connection.broken']);
  const adding = useChange({
    change: () =>
      answerOf(api.POST('/webhook-endpoints', { body: { url, kinds: kinds.filter((kind) => chosen.includes(kind)) } })),
    touches: [['webhooks']],
    after: () => setUrl(''),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!adding.isPending && chosen.length > 0) adding.mutate();
  };
  return (
    <>
      {adding.data !== undefined && <Secret secret={adding.data.secret} done={adding.reset} />}
      <Section title={t('webhooks.add')}>
        <form onSubmit={send} aria-busy={adding.isPending}>
          <Stack>
            <TextInput
              label={t('webhooks.url')}
              description={t('webhooks.urlText')}
              type="url"
              required
              value={url}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <Checkbox.Group label={t('webhooks.kindsTitle')} value={chosen} onChange={setChosen}>
              <Stack gap="xs" mt="xs">
                {kinds.map((kind) => (
                  <Checkbox key={kind} value={kind} label={t(`webhooks.kinds.${kind.replace('.', '_')}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
            <ProblemAlert error={adding.error} />
            <div>
              <Button type="submit" loading={adding.isPending} disabled={chosen.length === 0}>
                {t('webhooks.add')}
              </Button>
            </div>
          </Stack>
        </form>
      </Section>
    </>
  );
}

function Secret({ secret, done }: { readonly secret: string; done(): void }) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t('webhooks.secretTitle')}
      text={t('webhooks.secretText')}
      label={t('webhooks.secret')}
      value={secret}
      done={done}
    />
  );
}

function EndpointCard({ endpoint, mayChange }: { readonly endpoint: Endpoint; readonly mayChange: boolean }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { id, url, state, disabledReason } = endpoint;
  const path = { params: { path: { id } } };
  const touches = [['webhooks']];
  const rotating = useChange({ change: () => answerOf(api.POST('/webhook-endpoints/{id}/rotate', path)), touches });
  const testing = useChange({
    change: () => answerOf(api.POST('/webhook-endpoints/{id}/test', path)),
    touches,
    said: t('webhooks.testQueued'),
    after: () => setIsOpen(true),
  });
  const switching = useChange({
    change: (next: Endpoint['state']) =>
      answerOf(api.PATCH('/webhook-endpoints/{id}', { ...path, body: { state: next } })),
    touches,
  });
  const removing = useChange({ change: () => answerOf(api.DELETE('/webhook-endpoints/{id}', path)), touches });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between">
        <Text className="mono" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {url}
        </Text>
        <Badge variant="light" color={state === 'active' ? 'teal' : 'gray'}>
          {t(`webhooks.states.${state}`)}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {endpoint.kinds.map((kind) => t(`webhooks.kinds.${kind.replace('.', '_')}`)).join(', ')}
      </Text>
      {disabledReason !== null && <Text size="sm">{disabledReason}</Text>}
      {rotating.data !== undefined && <Secret secret={rotating.data.secret} done={rotating.reset} />}
      <ProblemAlert error={testing.error ?? switching.error ?? rotating.error} />
      <Group mt="sm" gap="xs">
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t('webhooks.deliveries')}
        </Button>
        {mayChange && (
          <>
            <Button size="xs" variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
              {t('webhooks.test')}
            </Button>
            <Button size="xs" variant="default" loading={rotating.isPending} onClick={() => rotating.mutate()}>
              {t('webhooks.rotate')}
            </Button>
            <Button
              size="xs"
              variant="default"
              loading={switching.isPending}
              onClick={() => switching.mutate(state === 'active' ? 'disabled' : 'active')}
            >
              {t(state === 'active' ? 'webhooks.switchOff' : 'webhooks.switchOn')}
            </Button>
            <Confirm
              isDangerous
              size="xs"
              button={t('accountActs.remove')}
              title={t('webhooks.removeTitle')}
              text={t('webhooks.removeText')}
              act={() => removing.mutateAsync()}
            />
          </>
        )}
      </Group>
      {isOpen && <Deliveries endpointId={id} mayRepeat={mayChange} />}
    </Paper>
  );
}
