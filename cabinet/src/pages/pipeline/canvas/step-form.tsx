import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JsonObject, JsonValue } from '../../../../../core/json.js';
import * as edits from '../../../../../definitions/text/edits.js';
import { isMap, type JsonMap, textOf } from '../known.js';
import type { Bench, Choices } from './bench.js';
import { Committed } from './live-input.js';
import { listOf, type Part } from './parts.js';
import { stepSettings } from './settings.js';
import { SettingsForm } from './settings-form.js';

interface StepFormProps {
  readonly bench: Bench;
  readonly part: Part;
  readonly choices: Choices;
}

/** One step of a flow: what it does, and where in the order it stands. */
export function StepForm({ bench, part, choices }: StepFormProps) {
  const { t } = useTranslation();
  const { edit, isReadOnly } = bench;
  const { flow, index, name } = part;
  const inner: unknown = isMap(part.value) ? part.value[name] : undefined;
  const count = bench.graph.parts.filter((each) => each.flow === flow && each.kind === 'step').length;
  const put = (value: JsonValue): void => {
    edit((text) => edits.setStep(text, flow, index, { [name]: value }));
  };
  const move = (to: number): void => {
    if (edit((text) => edits.moveStep(text, flow, index, to))) bench.choose(`step:${flow}:${to}`);
  };
  return (
    <Stack gap="xs">
      <StepInput name={name} value={inner} choices={choices} isReadOnly={isReadOnly} put={put} />
      {!isReadOnly && (
        <Group gap={6}>
          <Button size="compact-sm" variant="default" disabled={index === 0} onClick={() => move(index - 1)}>
            {t('canvas.earlier')}
          </Button>
          <Button size="compact-sm" variant="default" disabled={index >= count - 1} onClick={() => move(index + 1)}>
            {t('canvas.later')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface StepInputProps {
  readonly name: string;
  readonly value: unknown;
  readonly choices: Choices;
  readonly isReadOnly?: boolean;
  readonly isEager?: boolean;
  put(value: JsonValue): void;
}

/** What stands behind the key of a step. */
export function StepInput({ name, value, choices, isReadOnly = false, isEager = false, put }: StepInputProps) {
  const { t } = useTranslation();
  const common = { isReadOnly, isEager };
  if (name === 'where') {
    return (
      <Committed
        {...common}
        isMono
        label={t('canvas.settings.condition')}
        description={t('canvas.hints.condition')}
        placeholder="record.status == 'open'"
        value={textOf(value)}
        commit={put}
      />
    );
  }
  if (name === 'set') {
    const rows = Object.entries(isMap(value) ? value : {}).map(([key, each]) => [key, textOf(each)] as const);
    return (
      <Pairs
        {...common}
        rows={rows}
        labels={[t('canvas.settings.name'), t('canvas.settings.expr')]}
        put={(next) => put(Object.fromEntries(next))}
      />
    );
  }
  if (name === 'require') {
    const rows = listOf(value).map((each) =>
      isMap(each) ? ([textOf(each.that), textOf(each.message)] as const) : (['', ''] as const),
    );
    return (
      <Pairs
        {...common}
        rows={rows}
        labels={[t('canvas.settings.that'), t('canvas.settings.message')]}
        put={(next) => put(next.map(([that, message]) => ({ that, message })))}
      />
    );
  }
  const values: JsonMap = isMap(value) ? value : {};
  const set = (key: string, next: JsonValue): void => {
    const all = Object.entries({ ...(values as JsonObject), [key]: next });
    put(Object.fromEntries(all.filter(([, each]) => each !== null)));
  };
  return <SettingsForm {...common} settings={stepSettings[name] ?? []} values={values} choices={choices} set={set} />;
}

type Row = readonly [string, string];

interface PairsProps {
  readonly rows: readonly Row[];
  readonly labels: readonly [string, string];
  readonly isReadOnly: boolean;
  readonly isEager: boolean;
  put(rows: readonly Row[]): void;
}

/** Rows of two texts; the last, empty one adds a row. */
function Pairs({ rows, labels, isReadOnly, isEager, put }: PairsProps) {
  const { t } = useTranslation();
  const shown: readonly Row[] = isReadOnly || rows.some((row) => row.includes('')) ? rows : [...rows, ['', '']];
  const change = (at: number, row: Row): void => {
    const next = shown.map((each, index) => (index === at ? row : each));
    put(next.filter(([first, second]) => first !== '' || second !== ''));
  };
  return (
    <Stack gap="xs">
      {shown.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap" grow preventGrowOverflow={false}>
          <Committed
            isReadOnly={isReadOnly}
            isEager={isEager}
            isMono
            label={labels[0]}
            value={row[0]}
            commit={(first) => change(at, [first.trim(), row[1]])}
          />
          <Committed
            isReadOnly={isReadOnly}
            isEager={isEager}
            isMono
            label={labels[1]}
            value={row[1]}
            commit={(second) => change(at, [row[0], second])}
          />
          {!isReadOnly && at < rows.length && rows.length > 1 && (
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              mb={4}
              flex="0 0 auto"
              aria-label={t('canvas.removeOne', { name: row[0] })}
              onClick={() => put(rows.filter((_row, index) => index !== at))}
            >
              {t('canvas.remove')}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}
