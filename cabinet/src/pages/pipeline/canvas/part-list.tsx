import { Badge, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from './parts.js';
import { type Words, wordsOf } from './words.js';

interface PartListProps {
  readonly parts: readonly Part[];
  readonly trouble: ReadonlyMap<string, { readonly errors: number; readonly warnings: number }>;
  choose(id: string): void;
}

/** The same parts as a list, for those who do not see or draw the picture. */
export const PartList = memo(function PartList({ parts, trouble, choose }: PartListProps) {
  const { t } = useTranslation();
  const outside = parts.filter(({ flow }) => flow === '');
  const flows = parts.filter(({ kind }) => kind === 'flow');
  const row = (part: Part) => {
    const { title, detail } = wordsOf(part, t);
    const { errors = 0, warnings = 0 } = trouble.get(part.id) ?? {};
    return <Row key={part.id} {...{ part, title, detail, errors, warnings, choose }} />;
  };
  return (
    <section aria-label={t('canvas.parts')}>
      <Title order={2} size="h5" mb={4}>
        {t('canvas.parts')}
      </Title>
      <ul className="part-list">
        {outside.map(row)}
        {flows.map((flow) => (
          <li key={flow.id}>
            <ul className="part-list">
              {row(flow)}
              {parts.filter((part) => part.flow === flow.flow && part !== flow).map(row)}
            </ul>
          </li>
        ))}
      </ul>
      {flows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('canvas.teach')}
        </Text>
      )}
    </section>
  );
});

interface RowProps extends Words {
  readonly part: Part;
  readonly errors: number;
  readonly warnings: number;
  choose(id: string): void;
}

/** Plain elements: a long pipeline has hundreds of rows, and the kit's own cost ten times as much. */
const Row = memo(function Row({ part, title, detail, errors, warnings, choose }: RowProps) {
  const isInside = part.flow !== '' && part.kind !== 'flow';
  return (
    <li className={isInside ? 'part-row part-row-inside' : 'part-row'}>
      <button
        type="button"
        className="part-name mantine-focus-auto"
        aria-label={isInside ? `${part.flow}: ${title}` : title}
        onClick={() => choose(part.id)}
      >
        {title}
      </button>
      <span className="part-words mono">{detail}</span>
      {errors + warnings > 0 && <Trouble errors={errors} warnings={warnings} />}
    </li>
  );
});

function Trouble({ errors, warnings }: Pick<RowProps, 'errors' | 'warnings'>) {
  const { t } = useTranslation();
  return (
    <>
      {errors > 0 && (
        <Badge size="xs" color="red" variant="light">
          {t('canvas.errors', { count: errors })}
        </Badge>
      )}
      {warnings > 0 && (
        <Badge size="xs" color="orange" variant="light">
          {t('canvas.warnings', { count: warnings })}
        </Badge>
      )}
    </>
  );
}
