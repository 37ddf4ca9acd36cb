import { Alert, Button, Checkbox, Code, Group, List, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api, ProblemError } from '../../api.js';
import { ProblemAlert } from '../../parts/problem.js';
import type { DefinitionProblem, Draft } from './draft.js';
import { useOfText, useText } from './draft-text.js';
import { parsedText } from './parsed.js';
import type { PipelineView } from './pipeline-view.js';
import { ProblemList } from './problem-list.js';

type Published = AnswerOf<'publishDraft'>;

interface PublishProps {
  readonly pipeline: PipelineView;
  readonly draft: Draft;
  goTo(line: number, column: number): void;
}

/** Makes the text what runs from now on: asks for connections and consent, and shows all that the server says. */
export function Publish(props: PublishProps) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  const isEmpty = useOfText(props.draft.content, (text) => text === '');
  return (
    <>
      <Button onClick={open} disabled={isEmpty || props.draft.state === 'conflict'}>
        {t('publish.button')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('publish.title')}
        size="lg"
        lockScroll={false}
        closeButtonProps={{ 'aria-label': t('work.close') }}
      >
        {isOpen && <PublishForm {...props} close={close} />}
      </Modal>
    </>
  );
}

function PublishForm({ pipeline, draft, goTo, close }: PublishProps & { close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const text = useText(draft.content) ?? '';
  const slots = slotsOf(text);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [again, setAgain] = useState(false);
  const [createFields, setCreateFields] = useState(false);
  const connections = useQuery({
    queryKey: ['connections', 'all'],
    queryFn: () => answerOf(api.GET('/connections')),
  });
  const publishing = useMutation({
    mutationFn: async (): Promise<Published> => {
      if (!(await draft.store())) throw new Error('not stored');
      const etag = draft.etagNow();
      return answerOf(
        api.POST('/pipelines/{id}/publish', {
          params: { path: { id: pipeline.id }, header: etag === null ? {} : { 'If-Match': etag } },
          body: {
            definition: text,
            ...(Object.keys(chosen).length > 0 && { connections: chosen }),
            ...(again && { again }),
            ...(createFields && { createFields }),
          },
        }),
      );
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['pipeline', pipeline.id] });
      await queries.invalidateQueries({ queryKey: ['versions', pipeline.id] });
      await draft.reread();
    },
    onError: (error) => {
      const problems = problemsOf(error);
      if (problems.length > 0) draft.setProblems(problems);
    },
  });
  if (publishing.data !== undefined) return <Done answer={publishing.data} goTo={goTo} close={close} />;
  const problems = problemsOf(publishing.error);
  const missing = missingFields(publishing.error);
  const jump = (line: number, column: number): void => {
    close();
    // The dialog gives the focus back first.
    setTimeout(() => goTo(line, column), 250);
  };
  return (
    <Stack>
      <Text size="sm">{t(pipeline.publishedVersion === null ? 'publish.first' : 'publish.next')}</Text>
      {Object.entries(slots).map(([slot, connector]) => {
        const fitting = connections.data?.items.filter((each) => each.connector === connector) ?? [];
        const former = pipeline.connections[slot] ?? fitting.find((each) => each.name === slot)?.name ?? '';
        return (
          <NativeSelect
            key={slot}
            label={t('publish.slot', { slot })}
            description={t('publish.connector', { connector })}
            value={chosen[slot] ?? former}
            onChange={(event) => setChosen({ ...chosen, [slot]: event.currentTarget.value })}
            data={[
              ...(former === '' ? [{ value: '', label: t('publish.choose'), disabled: true }] : []),
              ...fitting.map(({ name }) => name),
              ...(former !== '' && !fitting.some((each) => each.name === former) ? [former] : []),
            ]}
          />
        );
      })}
      {pipeline.publishedVersion !== null && (
        <Checkbox
          label={t('publish.again')}
          checked={again}
          onChange={(event) => setAgain(event.currentTarget.checked)}
        />
      )}
      <ProblemAlert error={publishing.error} />
      {problems.length > 0 && <ProblemList problems={problems} goTo={jump} />}
      {missing.length > 0 && (
        <Alert color="orange" title={t('publish.fields')}>
          <List size="sm" mb="sm">
            {missing.map((field) => (
              <List.Item key={field} className="mono">
                {field}
              </List.Item>
            ))}
          </List>
          <Checkbox
            label={t('publish.createFields')}
            checked={createFields}
            onChange={(event) => setCreateFields(event.currentTarget.checked)}
          />
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('work.back')}
        </Button>
        <Button
          loading={publishing.isPending}
          disabled={missing.length > 0 && !createFields}
          onClick={() => publishing.mutate()}
        >
          {t('publish.button')}
        </Button>
      </Group>
    </Stack>
  );
}

interface DoneProps {
  readonly answer: Published;
  goTo(line: number, column: number): void;
  close(): void;
}

/** What came of it; addresses and secrets of webhooks are shown this once. */
function Done({ answer, goTo, close }: DoneProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="teal" role="status" title={t('publish.done', { version: answer.version })}>
        {t(answer.isNew ? 'publish.new' : 'publish.same')}
      </Alert>
      {answer.notes.length > 0 && (
        <List size="sm">
          {answer.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      {answer.hooks.map((hook) => (
        <div key={hook.connection}>
          {hook.url !== null && (
            <>
              <Text size="sm">{t('publish.hook', { connection: hook.connection })}</Text>
              <Code block>{hook.url}</Code>
            </>
          )}
          {hook.signingSecret !== null && (
            <>
              <Text size="sm">{t('publish.signingSecret')}</Text>
              <Code block>{hook.signingSecret}</Code>
            </>
          )}
        </div>
      ))}
      {answer.problems.length > 0 && <ProblemList problems={answer.problems} goTo={goTo} />}
      <Group justify="flex-end">
        <Button onClick={close}>{t('work.close')}</Button>
      </Group>
    </Stack>
  );
}

/** Slots of a text with their connectors; none while it cannot be read. */
function slotsOf(text: string): Readonly<Record<string, string>> {
  const root: unknown = parsedText(text).tree?.value;
  const connections = isMap(root) ? root.connections : undefined;
  if (!isMap(connections)) return {};
  const slots = Object.entries(connections).map(([slot, value]) => [slot, isMap(value) ? value.connector : null]);
  return Object.fromEntries(slots.filter(([, connector]) => typeof connector === 'string'));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function detailsOf(error: unknown, code: string): Readonly<Record<string, unknown>> {
  return error instanceof ProblemError && error.problem.code === code ? (error.problem.details ?? {}) : {};
}

function problemsOf(error: unknown): readonly DefinitionProblem[] {
  const { problems } = detailsOf(error, 'definition/invalid');
  return Array.isArray(problems) ? problems.filter(isProblem) : [];
}

function isProblem(value: unknown): value is DefinitionProblem {
  return isMap(value) && typeof value.line === 'number' && typeof value.message === 'string';
}

function missingFields(error: unknown): readonly string[] {
  const { fields } = detailsOf(error, 'definition/fields_missing');
  return Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : [];
}
