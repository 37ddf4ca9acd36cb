import { Alert, Badge, Button, Checkbox, FileInput, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../../client/schema.generated.js';
import { type AnswerOf, answerOf, api } from '../api.js';
import { tell, useChange } from './change.js';
import { Confirm } from './confirm.js';
import { Moment } from './moment.js';
import { ProblemAlert } from './problem.js';
import { Section } from './section.js';

type Document = AnswerOf<'exportAccount'>;
type Report = AnswerOf<'importAccount'>;
type Action = Report['connections'][number]['action'];
type Problem = components['schemas']['Problem'];

const colors = { add: 'teal', keep: 'gray', replace: 'blue', conflict: 'yellow', refuse: 'red' } as const;
const largest = 20_000_000;

/** Definitions and settings of the account as a file, and such a file read: first what it would do, then doing it. */
export function AccountFile() {
  const { t } = useTranslation();
  const saving = useMutation({
    mutationFn: () => answerOf(api.GET('/account/export')),
    onSuccess: (document) => {
      save(document);
      tell(t('accountFile.saved'));
    },
  });
  return (
    <Section title={t('accountFile.title')} about={t('accountFile.about')}>
      <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
        {t('accountFile.export')}
      </Button>
      <ProblemAlert error={saving.error} />
      <Import />
    </Section>
  );
}

function Import() {
  const { t } = useTranslation();
  const [document, setDocument] = useState<Document | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [replace, setReplace] = useState(false);
  const [activate, setActivate] = useState(false);
  const looking = useMutation({
    mutationFn: (wish: { readonly document: Document; readonly replace: boolean }) =>
      answerOf(api.POST('/account/import', { body: wish })),
  });
  const doing = useChange({
    change: (found: Document) =>
      answerOf(api.POST('/account/import', { body: { document: found, replace, activate, apply: true } })),
    touches: [['pipelines'], ['connections'], ['account']],
    said: t('accountFile.done'),
  });
  const read = async (file: File | null): Promise<void> => {
    doing.reset();
    looking.reset();
    setDocument(null);
    setFault(null);
    if (file === null) return;
    const found = file.size > largest ? null : documentOf(await file.text());
    if (found === null) return setFault(t('accountFile.notOne'));
    setDocument(found);
    looking.mutate({ document: found, replace });
  };
  const report = doing.data ?? looking.data;
  return (
    <Stack mt="md">
      <FileInput
        label={t('accountFile.import')}
        description={t('accountFile.importText')}
        placeholder={t('accountFile.choose')}
        accept="application/json,.json"
        clearable
        clearButtonProps={{ 'aria-label': t('accountFile.putAway') }}
        error={fault}
        onChange={(file) => void read(file)}
      />
      <ProblemAlert error={looking.error} />
      {document !== null && report !== undefined && (
        <>
          {document.exportedAt !== undefined && (
            <Text size="sm" c="dimmed">
              {t('accountFile.from')} <Moment at={document.exportedAt} />
            </Text>
          )}
          <ReportTable report={report} />
          {report.isApplied ? (
            <Alert color="teal" role="status">
              {t('accountFile.done')}
            </Alert>
          ) : (
            <>
              <Checkbox
                label={t('accountFile.replace')}
                checked={replace}
                onChange={(event) => {
                  const { checked } = event.currentTarget;
                  setReplace(checked);
                  looking.mutate({ document, replace: checked });
                }}
              />
              <Checkbox
                label={t('accountFile.activate')}
                checked={activate}
                onChange={(event) => setActivate(event.currentTarget.checked)}
              />
              <Group>
                <Confirm
                  button={t('accountFile.apply')}
                  title={t('accountFile.applyTitle')}
                  isMain
                  isDisabled={looking.isPending}
                  act={() => doing.mutateAsync(document)}
                >
                  {t('accountFile.applyText')}
                </Confirm>
              </Group>
            </>
          )}
        </>
      )}
    </Stack>
  );
}

function ReportTable({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const lines = [
    ...report.connections.map(({ name, action, message }) => ({
      what: 'connection',
      name,
      action,
      message,
      problems: [],
    })),
    ...report.pipelines.map(({ id, ...line }) => ({ what: 'pipeline', name: id, ...line })),
  ] as const;
  if (lines.length === 0) return <Text>{t('accountFile.empty')}</Text>;
  return (
    <Table.ScrollContainer minWidth={520} maxHeight={480}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('accountFile.what')}</Table.Th>
            <Table.Th>{t('accountFile.action')}</Table.Th>
            <Table.Th>{t('auditLog.details')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ what, name, action, message, problems }) => (
            <Table.Tr key={`${what} ${name}`}>
              <Table.Td>
                <Text size="sm" className="mono">
                  {name}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(what === 'connection' ? 'accountFile.connection' : 'work.pipeline')}
                </Text>
              </Table.Td>
              <Table.Td>
                <ActionBadge action={action} />
              </Table.Td>
              <Table.Td>
                <Text size="sm">{message}</Text>
                {problems.map((problem) => (
                  <Text key={textOf(problem)} size="xs" c="dimmed">
                    {textOf(problem)}
                  </Text>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ActionBadge({ action }: { readonly action: Action }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[action]}>
      {t(`accountFile.actions.${action}`)}
    </Badge>
  );
}

function textOf(problem: Pick<Problem, 'message'>): string {
  return problem.message;
}

/** Whatever it holds besides is judged by the server. */
function documentOf(text: string): Document | null {
  try {
    const found: unknown = JSON.parse(text);
    const isOne =
      typeof found === 'object' &&
      found !== null &&
      'version' in found &&
      'connections' in found &&
      'pipelines' in found;
    return isOne ? (found as Document) : null;
  } catch {
    return null;
  }
}

function save(document: Document): void {
  const blob = new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' });
  const url = URL.createObjectURL(blob);
  const link = window.document.createElement('a');
  link.href = url;
  link.download = `pipewright-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
