import './flows.css';
import { List, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../parts/work/empty.js';
import { type FlowOutline, type Outline, outlineOf } from './outline.js';

const box = { width: 176, height: 44, gap: 36 };
const rowHeight = 104;
const left = 16;

/** The flows of a text as a picture, and the same in words. */
export function Flows({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const outline = useMemo(() => outlineOf(text), [text]);
  if (outline === null) return <Empty title={t('picture.unreadable')}>{t('picture.unreadableText')}</Empty>;
  if (outline.flows.length === 0) return <Empty title={t('picture.none')}>{t('picture.teach')}</Empty>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="picture" tabIndex={0} aria-label={t('picture.label')}>
        <Picture outline={outline} />
      </section>
      {outline.references.length > 0 && (
        <>
          <Title order={2} size="h4" mt="lg" mb="xs">
            {t('picture.references')}
          </Title>
          <List size="sm">
            {outline.references.map(({ flow, field, to }) => (
              <List.Item key={`${flow}.${field}`}>
                <span className="mono">
                  {flow}.{field}
                </span>{' '}
                {t('picture.refersTo')} <span className="mono">{to}</span>
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Text size="sm" c="dimmed" mt="md">
        {t('picture.hint')}
      </Text>
    </>
  );
}

function Picture({ outline: { flows, references } }: { readonly outline: Outline }) {
  const { t } = useTranslation();
  const columns = Math.max(...flows.map((flow) => cellsOf(flow).length));
  const rows = new Map(flows.map((flow, index) => [flow.name, index]));
  const right = left + columns * (box.width + box.gap);
  const inside = references.flatMap((reference) => {
    const from = rows.get(reference.flow);
    const to = rows.get(reference.to.split(':')[0] ?? '');
    return from === undefined || to === undefined ? [] : [{ ...reference, from, to }];
  });
  const width = right + (inside.length > 0 ? 40 + inside.length * 14 : 0);
  const height = flows.length * rowHeight + 8;
  const middle = (row: number): number => row * rowHeight + 36 + box.height / 2;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('picture.label')}>
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 z" className="picture-tip" />
        </marker>
      </defs>
      {flows.map((flow, row) => (
        <g key={flow.name} transform={`translate(${left}, ${row * rowHeight})`}>
          <text y={22} className="picture-flow">
            {flow.name}
          </text>
          {cellsOf(flow).map(({ column, ...cell }) => (
            <g key={column} transform={`translate(${column * (box.width + box.gap)}, 36)`}>
              {column > 0 && (
                <path d={`M${-box.gap + 2} ${box.height / 2} H-2`} className="picture-line" markerEnd="url(#arrow)" />
              )}
              <rect width={box.width} height={box.height} rx={8} className={`picture-box picture-${cell.kind}`} />
              <text x={box.width / 2} y={box.height / 2 + 5} textAnchor="middle" className="picture-text">
                <title>{cell.text}</title>
                {shortened(cell.kind === 'map' ? t('picture.fields', { count: flow.fieldCount }) : cell.text)}
              </text>
            </g>
          ))}
        </g>
      ))}
      {inside.map(({ flow, field, from, to }, index) => {
        const x = right + 16 + index * 14;
        const start = middle(from) - 6;
        const end = middle(to) + (from === to ? 10 : 6);
        const x1 = left + endOf(flows[from]);
        const x2 = left + endOf(flows[to]);
        return (
          <path
            key={`${flow}.${field}`}
            d={`M${x1} ${start} H${x} V${end} H${x2 + 3}`}
            className="picture-reference"
            markerEnd="url(#arrow)"
          >
            <title>{`${flow}.${field}`}</title>
          </path>
        );
      })}
    </svg>
  );
}

interface Cell {
  readonly kind: 'source' | 'step' | 'map' | 'target';
  readonly text: string;
}

function cellsOf(flow: FlowOutline): readonly (Cell & { readonly column: number })[] {
  const cells: readonly Cell[] = [
    { kind: 'source', text: flow.source },
    ...flow.steps.map((step): Cell => ({ kind: 'step', text: step })),
    { kind: 'map', text: 'map' },
    { kind: 'target', text: flow.targets.join(', ') },
  ];
  return cells.map((cell, column) => ({ ...cell, column }));
}

function endOf(flow: FlowOutline | undefined): number {
  return flow === undefined ? 0 : cellsOf(flow).length * (box.width + box.gap) - box.gap;
}

function shortened(text: string): string {
  return text.length > 22 ? `${text.slice(0, 21)}…` : text;
}
