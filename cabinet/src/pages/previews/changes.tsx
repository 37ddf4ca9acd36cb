import './previews.css';
import { Badge, Box, Button, Checkbox, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { ProblemAlert } from '../../parts/problem.js';
import { Empty } from '../../parts/work/empty.js';
import { Pager } from '../../parts/work/pager.js';
import { TableSkeleton } from '../../parts/work/skeleton.js';
import { type FieldChange, fieldsOf } from './field-changes.js';
import { type ChangeView, type Operation, operations } from './preview-view.js';

const pageSize = 50;
const colors = { create: 'teal', update: 'blue', upsert: 'blue', delete: 'red' } as const;

export interface ChangesSearch {
  readonly flow?: string | undefined;
  readonly operation?: Operation | undefined;
  readonly cursor?: string | undefined;
}

interface ChangesProps {
  readonly id: string;
  readonly flows: readonly string[];
  readonly wanted: ChangesSearch;
  go(search: ChangesSearch): void;
}

/** The records that a preview would write, with what stands at the target now. */
export function Changes({ id, flows, wanted, go }: ChangesProps) {
  const { t } = useTranslation();
  const { flow, operation, cursor } = wanted;
  const [showsAll, setShowsAll] = useState(false);
  const asked = useQuery({
    queryKey: ['preview-changes', id, flow, operation, cursor],
    queryFn: () =>
      answerOf(
        api.GET('/previews/{id}/changes', {
          params: {
            path: { id },
            query: {
              limit: pageSize,
              ...(flow !== undefined && { flow }),
              ...(operation !== undefined && { operation }),
              ...(cursor !== undefined && { cursor }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section aria-label={t('previews.changes')} id="changes">
      <Title order={2} size="h4" mt="lg" mb="xs">
        {t('previews.changes')}
      </Title>
      <Group mb="sm" align="flex-end">
        <NativeSelect
          label={t('work.flow')}
          value={flow ?? ''}
          data={[{ value: '', label: t('work.all') }, ...flows.map((each) => ({ value: each, label: each }))]}
          onChange={({ currentTarget }) => go({ operation, flow: currentTarget.value || undefined })}
        />
        <NativeSelect
          label={t('previews.operation')}
          value={operation ?? ''}
          data={[
            { value: '', label: t('work.all') },
            ...operations.map((each) => ({ value: each, label: t(`previews.operations.${each}`) })),
          ]}
          onChange={({ currentTarget }) =>
            go({ flow, operation: operations.find((each) => each === currentTarget.value) })
          }
        />
        <Checkbox
          label={t('previews.showsAll')}
          checked={showsAll}
          mb={8}
          onChange={({ currentTarget }) => setShowsAll(currentTarget.checked)}
        />
      </Group>
      <ProblemAlert error={asked.error} />
      {asked.data === undefined ? (
        !asked.isError && <TableSkeleton />
      ) : asked.data.items.length === 0 ? (
        <Empty title={t('previews.none')}>
          {flow === undefined && operation === undefined ? (
            t('previews.noneText')
          ) : (
            <Button variant="default" onClick={() => go({})}>
              {t('work.showAll')}
            </Button>
          )}
        </Empty>
      ) : (
        <Stack gap="sm" aria-busy={asked.isPlaceholderData}>
          {asked.data.items.map((change) => (
            <Change key={change.seq} change={change} showsAll={showsAll} />
          ))}
        </Stack>
      )}
      <Pager
        next={asked.data?.next ?? null}
        isFirst={cursor === undefined}
        go={(next) => {
          go({ flow, operation, cursor: next });
          document.getElementById('changes')?.scrollIntoView();
        }}
      />
    </section>
  );
}

function Change({ change, showsAll }: { readonly change: ChangeView; readonly showsAll: boolean }) {
  const { t } = useTranslation();
  const fields = fieldsOf(change);
  const shown = showsAll ? fields : fields.filter((field) => field.isChanged);
  const same = fields.length - shown.length;
  const isNew = change.before === null;
  return (
    <Paper withBorder p="sm" component="article" aria-label={t('previews.changeOf', { key: change.sourceKey })}>
      <Group gap="xs" mb={6}>
        <Badge variant="light" color={colors[change.operation]}>
          {t(`previews.operations.${change.operation}`)}
        </Badge>
        <Text size="sm" className="mono break-anywhere">
          {change.flow}: {change.sourceKey}
          {change.part !== '' && ` / ${change.part}`}
        </Text>
        {change.targetKey !== null && (
          <Text size="sm" c="dimmed" className="break-anywhere">
            {t('previews.atTarget', { key: change.targetKey })}
          </Text>
        )}
      </Group>
      {shown.length > 0 && (
        <Box className="preview-fields">
          {shown.map((field) => (
            <Field key={field.name} field={field} isNew={isNew} isDeleted={change.operation === 'delete'} />
          ))}
        </Box>
      )}
      {same > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('previews.same', { count: same })}
        </Text>
      )}
    </Paper>
  );
}

interface FieldProps {
  readonly field: FieldChange;
  readonly isNew: boolean;
  readonly isDeleted: boolean;
}

function Field({ field, isNew, isDeleted }: FieldProps) {
  const { t } = useTranslation();
  return (
    <div className={`preview-field${field.isChanged ? ' preview-changed' : ''}`}>
      <span className="mono">{field.name}</span>
      <span>
        {!isNew && (
          <>
            <span className="visually-hidden">{t('previews.before')} </span>
            <del className={field.isChanged ? 'preview-before' : 'preview-kept'}>
              <Shown value={field.before} />
            </del>
          </>
        )}
        {!isNew && !isDeleted && field.isChanged && ' → '}
        {!isDeleted && (isNew || field.isChanged) && (
          <>
            <span className="visually-hidden">{t('previews.after')} </span>
            <ins className="preview-after">
              <Shown value={field.after} />
            </ins>
          </>
        )}
      </span>
    </div>
  );
}

/** A value as people read it; the record that another change makes first has no id yet. */
function Shown({ value }: { readonly value: unknown }) {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === '') return <em>{t('previews.nothing')}</em>;
  if (typeof value === 'object' && '$ref' in value) return <em>{t('previews.made', { key: String(value.$ref) })}</em>;
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>;
}
