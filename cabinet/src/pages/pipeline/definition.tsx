import { Alert, Button, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import type { EditorHandle } from '../../parts/editor/editor.js';
import { ProblemAlert } from '../../parts/problem.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { Workbench } from './canvas/workbench.js';
import type { Draft } from './draft.js';
import { useOfText } from './draft-text.js';
import type { PipelineView } from './pipeline-view.js';
import { ProblemList } from './problem-list.js';
import { Publish } from './publish.js';
import type { PipelineDocument } from './use-document.js';

interface DefinitionProps {
  readonly pipeline: PipelineView;
  readonly draft: Draft;
  readonly document: PipelineDocument;
}

/** A pipeline as picture and text: what is changed is stored as the draft; what runs is published by an act of its own. */
export function Definition({ pipeline, draft, document }: DefinitionProps) {
  const { t } = useTranslation();
  const editor = useRef<EditorHandle>(null);
  const { content, problems } = draft;
  const isRead = useOfText(content, (text) => text !== null);
  const check = useMutation({
    mutationFn: (definition: string) => answerOf(api.POST('/check', { body: { definition } })),
    onSuccess: (answer) => draft.setProblems(answer.problems),
  });
  const goTo = useCallback((line: number, column: number): void => editor.current?.goTo(line, column), []);
  if (!isRead) return draft.error == null ? <TableSkeleton /> : <ProblemAlert error={draft.error} />;
  return (
    <>
      <Group justify="space-between" mb="xs" mih={36}>
        <Text size="sm" c="dimmed" id="draft-state" aria-live="polite">
          {t(draft.isDraft || draft.state !== 'stored' ? `definition.states.${draft.state}` : 'definition.published')}
        </Text>
        <Group gap="xs">
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate(content.now ?? '')}>
            {t('definition.check')}
          </Button>
          <Publish pipeline={pipeline} draft={draft} goTo={goTo} />
        </Group>
      </Group>
      {draft.state === 'conflict' && (
        <Alert color="orange" role="alert" title={t('definition.conflict')} mb="sm">
          <Text size="sm" mb="sm">
            {t('definition.conflictText')}
          </Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => void draft.reread()}>
              {t('definition.takeTheirs')}
            </Button>
            <Button size="xs" variant="light" color="red" onClick={() => void draft.overwrite()}>
              {t('definition.keepMine')}
            </Button>
          </Group>
        </Alert>
      )}
      <ProblemAlert error={draft.error ?? check.error} />
      <Workbench pipeline={pipeline} draft={draft} document={document} handle={editor} />
      <Title order={2} size="h4" mt="md" mb="xs">
        {t('definition.problems')}
      </Title>
      <div aria-live="polite">
        {problems === null ? (
          <Text size="sm" c="dimmed">
            {t('definition.notChecked')}
          </Text>
        ) : (
          <ProblemList problems={problems} goTo={goTo} />
        )}
      </div>
      <Connections pipeline={pipeline} />
    </>
  );
}

function Connections({ pipeline }: { readonly pipeline: PipelineView }) {
  const { t } = useTranslation();
  const slots = Object.entries(pipeline.connections);
  if (slots.length === 0) return null;
  return (
    <>
      <Title order={2} size="h4" mt="md" mb="xs">
        {t('definition.connections')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <dl className="facts">
          {slots.map(([slot, name]) => (
            <div key={slot} className="fact">
              <dt className="mono">{slot}</dt>
              <dd>{name}</dd>
            </div>
          ))}
        </dl>
      </SimpleGrid>
    </>
  );
}
