import { Button, Group, NativeSelect, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meaningsOf } from './synonyms.js';

interface BuildTableProps {
  /** Names of fields that the records of each side have. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** One name for both sides, or one for each. */
  build(match: string | { from: string; to: string }): void;
}

/** Instead of pairs by hand: records of two streams belong together where a field of theirs is equal. */
export function BuildTable({ from, to, build }: BuildTableProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ readonly from?: string; readonly to?: string }>({});
  const source = chosen.from ?? likely(from);
  const target = chosen.to ?? likely(to);
  if (from.length === 0 || to.length === 0) return null;
  return (
    <Paper withBorder p="sm" mb="sm">
      <Text size="sm" mb="xs">
        {t('valueTable.buildText')}
      </Text>
      <Group align="flex-end">
        <NativeSelect
          label={t('valueTable.matchSource')}
          value={source}
          data={[...from]}
          onChange={({ currentTarget }) => setChosen({ ...chosen, from: currentTarget.value })}
        />
        <NativeSelect
          label={t('valueTable.matchTarget')}
          value={target}
          data={[...to]}
          onChange={({ currentTarget }) => setChosen({ ...chosen, to: currentTarget.value })}
        />
        <Button variant="default" onClick={() => build(source === target ? source : { from: source, to: target })}>
          {t('valueTable.build')}
        </Button>
      </Group>
    </Paper>
  );
}

/** An address is the same person everywhere; else a name. */
function likely(names: readonly string[]): string {
  const found = ['email', 'name'].flatMap((meaning) => names.filter((name) => meaningsOf(name).includes(meaning)));
  return found[0] ?? names[0] ?? '';
}
