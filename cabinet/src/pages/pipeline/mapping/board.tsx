import './mapping.css';
import { ActionIcon, Badge, Button, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type DragEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldRow } from './field-rows.js';
import { type Line, Lines } from './lines.js';
import { formOf, pathsOf } from './model.js';
import type { Suggestion } from './suggest.js';

const dragged = 'application/x-pipewright-field';

interface BoardProps {
  readonly sourceTitle: string;
  readonly targetTitle: string;
  readonly sources: readonly FieldRow[];
  readonly targets: readonly FieldRow[];
  readonly mapped: ReadonlyMap<string, unknown>;
  readonly suggestions: ReadonlyMap<string, Suggestion>;
  readonly isReadOnly: boolean;
  map(target: string, source: string): void;
  accept(suggestion: Suggestion): void;
  unmap(target: string): void;
  open(target: string): void;
}

/** Two columns of fields with lines between those that belong together: by click, by drag, or by keyboard. */
export function Board(props: BoardProps) {
  const { sourceTitle, targetTitle, sources, targets, mapped, suggestions, isReadOnly } = props;
  const { t } = useTranslation();
  const board = useRef<HTMLDivElement>(null);
  const sourceList = useRef<HTMLUListElement>(null);
  const targetList = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const lines = useMemo(() => linesOf(mapped, suggestions, chosen), [mapped, suggestions, chosen]);
  const uses = useMemo(() => usesOf(mapped), [mapped]);
  const put = (target: string, source: string): void => {
    props.map(target, source);
    setChosen(null);
  };
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs" mih={22} aria-live="polite">
        {chosen === null ? t('mapping.how') : t('mapping.chooseTarget', { field: chosen })}
      </Text>
      <div className="mapping-board" ref={board}>
        <section aria-label={sourceTitle}>
          <Title order={2} size="h5" mb={6}>
            {sourceTitle}
          </Title>
          <ul className="mapping-list" ref={sourceList}>
            {sources.map((row) => (
              <li key={row.path} data-path={row.path}>
                <button
                  type="button"
                  className={`mapping-row${row.depth > 0 ? ' mapping-inner' : ''}`}
                  aria-pressed={chosen === row.path}
                  draggable={!isReadOnly}
                  onDragStart={(event) => {
                    event.dataTransfer.setData(dragged, row.path);
                    event.dataTransfer.effectAllowed = 'link';
                  }}
                  onClick={() => !isReadOnly && setChosen(chosen === row.path ? null : row.path)}
                  onKeyDown={(event) => event.key === 'Escape' && setChosen(null)}
                >
                  <span className="visually-hidden">{t('mapping.sourceField')}</span>
                  <Names row={{ ...row, isRequired: false }} />
                  <span className="mapping-sample">
                    {(uses.get(row.path) ?? 0) > 0 && '✓ '}
                    {row.samples.length === 0 ? t('mapping.noSample') : row.samples.join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <div className="mapping-gap" />
        <section aria-label={targetTitle}>
          <Title order={2} size="h5" mb={6}>
            {targetTitle}
          </Title>
          <ul className="mapping-list" ref={targetList}>
            {targets.map((row) => (
              <Target key={row.path} row={row} chosen={chosen} put={put} {...props} />
            ))}
          </ul>
        </section>
        <Lines lines={lines} board={board} sources={sourceList} targets={targetList} />
      </div>
    </>
  );
}

interface TargetProps extends BoardProps {
  readonly row: FieldRow;
  readonly chosen: string | null;
  put(target: string, source: string): void;
}

function Target({ row, chosen, put, mapped, suggestions, isReadOnly, accept, unmap, open }: TargetProps) {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  const isMapped = mapped.has(row.path);
  const suggestion = suggestions.get(row.path);
  const isWanted = row.isRequired && !isMapped && !row.isReadOnly;
  const isClosed = row.isReadOnly || isReadOnly;
  const said = useSaid(mapped.get(row.path));
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    const source = event.dataTransfer.getData(dragged);
    if (source !== '') put(row.path, source);
  };
  return (
    <li
      data-path={row.path}
      className={`mapping-target${isOver ? ' mapping-over' : ''}${isWanted ? ' mapping-wanted' : ''}`}
      onDragOver={(event) => {
        if (isClosed || !event.dataTransfer.types.includes(dragged)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <button
        type="button"
        className="mapping-row"
        disabled={row.isReadOnly && !isMapped}
        onClick={() => (chosen === null || isClosed ? open(row.path) : put(row.path, chosen))}
      >
        <span className="visually-hidden">{t('mapping.targetField')}</span>
        <Names row={row} />
        {isMapped ? (
          <span className="mapping-source">← {said}</span>
        ) : (
          <span className="mapping-sample">
            {row.isReadOnly
              ? t('mapping.readOnly')
              : isWanted
                ? t('mapping.required')
                : suggestion !== undefined
                  ? t('mapping.suggested', { field: suggestion.source, why: t(`mapping.reasons.${suggestion.reason}`) })
                  : row.samples.length === 0
                    ? t('mapping.notMapped')
                    : t('mapping.there', { samples: row.samples.join(' · ') })}
          </span>
        )}
      </button>
      {!isClosed && suggestion !== undefined && (
        <Button
          size="compact-xs"
          variant="light"
          aria-label={t('mapping.acceptOne', { field: row.path, source: suggestion.source })}
          onClick={() => accept(suggestion)}
        >
          {suggestion.source}
        </Button>
      )}
      {!isClosed && isMapped && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('mapping.unmap', { field: row.path })}
          onClick={() => unmap(row.path)}
        >
          <IconX size={16} />
        </ActionIcon>
      )}
    </li>
  );
}

function Names({ row }: { readonly row: FieldRow }) {
  const { t } = useTranslation();
  return (
    <span className="mapping-names">
      <span className="mono">{row.path}</span>
      {row.title !== null && (
        <Text span size="sm">
          {row.title}
        </Text>
      )}
      <Badge size="xs" variant="default" tt="none">
        {t(`mapping.types.${typeName(row.type)}`)}
      </Badge>
      {row.isRequired && (
        <Badge size="xs" variant="light" color="orange" tt="none">
          {t('mapping.requiredMark')}
        </Badge>
      )}
    </span>
  );
}

const types = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'money',
  'phone',
  'email',
  'list',
  'object',
] as const;

export function typeName(type: string): (typeof types)[number] | 'any' {
  return types.find((each) => each === type) ?? 'any';
}

/** What a field is made of, in a few words. */
function useSaid(field: unknown): string {
  const { t } = useTranslation();
  if (field === undefined) return '';
  const form = formOf(field);
  const conversions = [form.values, form.as].filter((each) => each !== '');
  const more = conversions.length === 0 ? '' : ` → ${conversions.join(' → ')}`;
  if (form.way === 'ref') return t('mapping.saidRef', { flow: form.ref, by: form.by });
  if (form.way === 'expr') return `${form.expr}${more}`;
  if (form.way === 'value') return t('mapping.saidValue', { value: JSON.stringify(form.value) });
  return `${form.from}${more}`;
}

function linesOf(
  mapped: ReadonlyMap<string, unknown>,
  suggestions: ReadonlyMap<string, Suggestion>,
  chosen: string | null,
): Line[] {
  return [
    ...[...suggestions.values()].map(({ source, target }): Line => ({ source, target, kind: 'suggested' })),
    ...[...mapped].flatMap(([target, field]) =>
      pathsOf(field).map((source): Line => ({ source, target, kind: source === chosen ? 'chosen' : 'mapped' })),
    ),
  ];
}

/** How many target fields take each path. */
function usesOf(mapped: ReadonlyMap<string, unknown>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const field of mapped.values()) for (const path of pathsOf(field)) uses.set(path, (uses.get(path) ?? 0) + 1);
  return uses;
}
