import {
  Autocomplete,
  Button,
  Checkbox,
  Drawer,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldRow } from './field-rows.js';
import type { JsonMap } from './json-map.js';
import { type FieldForm, type FieldWay, fieldOf, formOf } from './model.js';
import { ScalarInput } from './scalar-input.js';
import { TryField } from './try-field.js';

const ways = ['from', 'expr', 'value', 'ref'] as const satisfies readonly FieldWay[];
const casts = ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'money', 'phone', 'list'] as const;
const missings = ['wait', 'dead_letter', 'null'] as const;

interface DetailsProps {
  readonly row: FieldRow;
  /** What stands in the definition; undefined where the field is not mapped. */
  readonly field: unknown;
  readonly sources: readonly FieldRow[];
  /** Flows that can be referred to, as they are written. */
  readonly flows: readonly string[];
  readonly tables: ReadonlyMap<string, JsonMap>;
  readonly steps: readonly JsonMap[];
  readonly connection: string | null;
  readonly stream: string;
  readonly isReadOnly: boolean;
  save(value: string | JsonMap): void;
  remove(): void;
  openTable(name: string, value: string | JsonMap): void;
  close(): void;
}

/** How one target field gets its value, with what that gives on live records. */
export function Details(props: DetailsProps) {
  const { t } = useTranslation();
  const { row, close } = props;
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      lockScroll={false}
      title={t('mapping.detailsOf', { field: row.path })}
      closeButtonProps={{ 'aria-label': t('work.close') }}
    >
      <Form key={row.path} {...props} />
    </Drawer>
  );
}

function Form(props: DetailsProps) {
  const { row, field, sources, flows, tables, steps, connection, stream, isReadOnly, save, remove, openTable } = props;
  const { t } = useTranslation();
  const [form, setForm] = useState<FieldForm>(() => formOf(field));
  const set = (change: Partial<FieldForm>): void => setForm((before) => ({ ...before, ...change }));
  const value = fieldOf(form);
  const isComplete =
    (form.way === 'from' && form.from !== '') ||
    (form.way === 'expr' && form.expr !== '') ||
    form.way === 'value' ||
    (form.way === 'ref' && form.ref !== '' && form.by !== '');
  const isChanged = JSON.stringify(value) !== JSON.stringify(field);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !isReadOnly) save(value);
      }}
    >
      <Stack>
        {row.title !== null && <Text c="dimmed">{row.title}</Text>}
        <SegmentedControl
          aria-label={t('mapping.way')}
          value={form.way}
          disabled={isReadOnly}
          onChange={(next) => set({ way: ways.find((each) => each === next) ?? 'from' })}
          data={ways.map((way) => ({ value: way, label: t(`mapping.ways.${way}`) }))}
          fullWidth
        />
        {form.way === 'from' && (
          <PathInput
            label={t('mapping.path')}
            value={form.from}
            sources={sources}
            isDisabled={isReadOnly}
            change={(from) => set({ from })}
          />
        )}
        {form.way === 'expr' && (
          <Expression value={form.expr} sources={sources} isDisabled={isReadOnly} change={(expr) => set({ expr })} />
        )}
        {form.way === 'value' && (
          <ScalarInput
            label={t('mapping.constant')}
            value={form.value}
            isDisabled={isReadOnly}
            change={(constant) => set({ value: constant })}
          />
        )}
        {form.way === 'ref' && (
          <Reference form={form} flows={flows} sources={sources} isDisabled={isReadOnly} set={set} />
        )}
        {form.way !== 'ref' && (
          <Conversions form={form} tables={tables} sources={sources} isDisabled={isReadOnly} set={set} />
        )}
        {form.way !== 'ref' && form.values !== '' && !isReadOnly && (
          <Group>
            <Button size="xs" variant="default" disabled={!isComplete} onClick={() => openTable(form.values, value)}>
              {t('mapping.openTable', { table: form.values })}
            </Button>
          </Group>
        )}
        <div>
          <Title order={3} size="h5" mb={4}>
            {t('mapping.onRecords')}
          </Title>
          <TryField
            connection={connection}
            stream={stream}
            field={value}
            expr={form.way === 'expr' ? form.expr : null}
            steps={steps}
            tables={tables}
          />
        </div>
        {!isReadOnly && (
          <Group justify="space-between" className="mapping-actions">
            {field === undefined ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" onClick={remove}>
                {t('mapping.remove')}
              </Button>
            )}
            <Button type="submit" disabled={!isComplete || !isChanged}>
              {t('mapping.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface PathInputProps {
  readonly label: string;
  readonly value: string;
  readonly sources: readonly FieldRow[];
  readonly isDisabled: boolean;
  change(path: string): void;
}

function PathInput({ label, value, sources, isDisabled, change }: PathInputProps) {
  const { t } = useTranslation();
  const captions = new Map(sources.map((row) => [row.path, row]));
  return (
    <Autocomplete
      label={label}
      description={t('mapping.pathHint')}
      value={value}
      disabled={isDisabled}
      data={[...captions.keys()]}
      limit={200}
      maxDropdownHeight={260}
      classNames={{ input: 'mono' }}
      renderOption={({ option }) => (
        <span>
          <span className="mono">{option.value}</span>{' '}
          <Text span size="xs" c="dimmed">
            {[captions.get(option.value)?.title, captions.get(option.value)?.samples[0]].filter(Boolean).join(' · ')}
          </Text>
        </span>
      )}
      onChange={change}
    />
  );
}

/** An expression over the record; fields are put in where the caret stands. */
function Expression({ value, sources, isDisabled, change }: Omit<PathInputProps, 'label'>) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const put = (path: string): void => {
    const at = area.current?.selectionStart ?? value.length;
    const added = path.startsWith('[') ? `record${path}` : `record.${path}`;
    change(value.slice(0, at) + added + value.slice(area.current?.selectionEnd ?? at));
    area.current?.focus();
  };
  return (
    <Stack gap="xs">
      <Textarea
        ref={area}
        label={t('mapping.expression')}
        description={t('mapping.expressionHint')}
        value={value}
        disabled={isDisabled}
        autosize
        minRows={3}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label={t('mapping.putField')}
        value=""
        disabled={isDisabled}
        data={[
          { value: '', label: t('mapping.putField') },
          ...sources.map(({ path }) => ({ value: path, label: path })),
        ]}
        onChange={({ currentTarget }) => currentTarget.value !== '' && put(currentTarget.value)}
      />
    </Stack>
  );
}

interface PartProps {
  readonly form: FieldForm;
  readonly sources: readonly FieldRow[];
  readonly isDisabled: boolean;
  set(change: Partial<FieldForm>): void;
}

function Reference({ form, flows, sources, isDisabled, set }: PartProps & { readonly flows: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Autocomplete
        label={t('mapping.refTo')}
        description={t('mapping.refHint')}
        data={[...flows]}
        value={form.ref}
        disabled={isDisabled}
        onChange={(ref) => set({ ref })}
      />
      <PathInput
        label={t('mapping.refBy')}
        value={form.by}
        sources={sources}
        isDisabled={isDisabled}
        change={(by) => set({ by })}
      />
      <NativeSelect
        label={t('mapping.missing')}
        value={form.missing === '' ? 'wait' : form.missing}
        disabled={isDisabled}
        data={missings.map((each) => ({ value: each, label: t(`mapping.missings.${each}`) }))}
        onChange={({ currentTarget }) =>
          set({ missing: missings.find((each) => each === currentTarget.value) ?? 'wait' })
        }
      />
      <Checkbox
        label={t('mapping.late')}
        checked={form.isLate}
        disabled={isDisabled}
        onChange={({ currentTarget }) => set({ isLate: currentTarget.checked })}
      />
    </Stack>
  );
}

function Conversions({
  form,
  tables,
  sources,
  isDisabled,
  set,
}: PartProps & { readonly tables: ReadonlyMap<string, JsonMap> }) {
  const { t } = useTranslation();
  const names = [...new Set([...tables.keys(), ...(form.values === '' ? [] : [form.values])])];
  return (
    <Stack>
      <Autocomplete
        label={t('mapping.table')}
        description={t('mapping.tableHint')}
        placeholder={t('mapping.noTable')}
        data={names}
        value={form.values}
        disabled={isDisabled}
        onChange={(values) => set({ values: values.trim() })}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={t('mapping.as')}
          value={form.as}
          disabled={isDisabled}
          data={[
            { value: '', label: t('mapping.asIs') },
            ...casts.map((as) => ({ value: as, label: t(`mapping.types.${as}`) })),
          ]}
          onChange={({ currentTarget }) => set({ as: currentTarget.value })}
        />
        {form.as === 'money' && (
          <Autocomplete
            label={t('mapping.currency')}
            data={[...new Set(['EUR', 'PLN', 'RON', 'UAH', 'USD', ...sources.map(({ path }) => path)])]}
            value={form.currency}
            disabled={isDisabled}
            onChange={(currency) => set({ currency })}
          />
        )}
        {form.as === 'phone' && (
          <TextInput
            label={t('mapping.region')}
            placeholder="PL"
            maxLength={2}
            value={form.region}
            disabled={isDisabled}
            onChange={({ currentTarget }) => set({ region: currentTarget.value.toUpperCase() })}
          />
        )}
      </Group>
      <Checkbox
        label={t('mapping.hasDefault')}
        checked={form.hasDefault}
        disabled={isDisabled}
        onChange={({ currentTarget }) => set({ hasDefault: currentTarget.checked })}
      />
      {form.hasDefault && (
        <ScalarInput
          label={t('mapping.default')}
          value={form.fallback}
          isDisabled={isDisabled}
          change={(fallback) => set({ fallback })}
        />
      )}
    </Stack>
  );
}
