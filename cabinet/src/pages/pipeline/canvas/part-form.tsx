import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject, JsonValue } from '../../../../../core/json.js';
import * as edits from '../../../../../definitions/text/edits.js';
import type { DefinitionProblem } from '../draft.js';
import { isMap, type JsonMap, textOf } from '../known.js';
import type { Bench, Choices } from './bench.js';
import { Committed, useAllStreams, useFields } from './live-input.js';
import { MapForm } from './map-form.js';
import type { Part } from './parts.js';
import { errorSettings, sourceSettings, targetSettings } from './settings.js';
import { SettingsForm } from './settings-form.js';
import { SlotForm } from './slot-form.js';
import { StepForm } from './step-form.js';
import { TriggerForm } from './trigger-form.js';
import { useWords } from './words.js';

interface PartFormProps {
  readonly bench: Bench;
  readonly part: Part;
  readonly problems: readonly DefinitionProblem[];
  goTo(part: Part): void;
}

/** All settings of the chosen part. */
export const PartForm = memo(function PartForm({ bench, part, problems, goTo }: PartFormProps) {
  const { t } = useTranslation();
  const { title } = useWords(part);
  const canRemove = part.kind !== 'pipeline' && part.kind !== 'source' && part.kind !== 'map';
  const kind = t(`canvas.kinds.${part.kind}`);
  return (
    <section aria-label={t('canvas.form', { name: title })}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h5">
          {part.flow !== '' && part.kind !== 'flow' ? `${part.flow}: ${title}` : title}{' '}
          {title !== kind && (
            <Text span size="sm" c="dimmed">
              {kind}
            </Text>
          )}
        </Title>
        <Group gap={6}>
          <Button size="compact-sm" variant="subtle" onClick={() => goTo(part)}>
            {t('canvas.showInText')}
          </Button>
          {canRemove && part.value !== undefined && !bench.isReadOnly && (
            <Button size="compact-sm" variant="light" color="red" onClick={() => bench.remove(part)}>
              {t('canvas.remove')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => bench.choose(null)}>
            {t('canvas.toList')}
          </Button>
        </Group>
      </Group>
      {problems.map((problem) => (
        <Alert
          key={`${problem.line}:${problem.column}:${problem.code}`}
          color={problem.severity === 'error' ? 'red' : 'orange'}
          p="xs"
          mb="xs"
        >
          <Text size="sm">{problem.message}</Text>
          <Text size="xs">{problem.hint}</Text>
        </Alert>
      ))}
      <Fields bench={bench} part={part} key={part.id} />
    </section>
  );
});

/** Streams and fields that the live account has for a flow. */
export function useChoices(bench: Bench, flow: string, target = 0): Choices {
  const own = bench.known.flows.get(flow);
  return {
    streams: useAllStreams(bench.live, [...bench.known.slots.keys()]),
    sourceFields: useFields(bench.live, own?.source ?? ''),
    targetFields: useFields(bench.live, own?.targets[target] ?? ''),
  };
}

function Fields({ bench, part }: Pick<PartFormProps, 'bench' | 'part'>) {
  const { t } = useTranslation();
  const choices = useChoices(bench, part.flow, part.index);
  const { edit, isReadOnly } = bench;
  const values: JsonMap = isMap(part.value) ? part.value : {};
  const common = { values, choices, isReadOnly };
  if (part.kind === 'slot') return <SlotForm bench={bench} part={part} />;
  if (part.kind === 'trigger') return <TriggerForm bench={bench} part={part} />;
  if (part.kind === 'step') return <StepForm bench={bench} part={part} choices={choices} />;
  if (part.kind === 'map') return <MapForm bench={bench} part={part} choices={choices} />;
  if (part.kind === 'source') {
    const set = (name: string, value: JsonValue): void => {
      edit((text) => edits.setSource(text, part.flow, { [name]: value }));
    };
    return <SettingsForm {...common} settings={sourceSettings} set={set} />;
  }
  if (part.kind === 'target') {
    const set = (name: string, value: JsonValue): void => {
      edit((text) => edits.setTarget(text, part.flow, { [name]: value }, part.index));
    };
    const isNamed = part.path.length === 4;
    const settings = isNamed
      ? [{ name: 'name', kind: 'text', isRequired: true } as const, ...targetSettings]
      : targetSettings;
    return <SettingsForm {...common} settings={settings} set={set} />;
  }
  if (part.kind === 'errors') return <ErrorsForm bench={bench} values={values} choices={choices} />;
  if (part.kind === 'flow') return <FlowForm bench={bench} part={part} />;
  return (
    <Committed
      label={t('canvas.settings.title')}
      value={textOf(values.title)}
      isReadOnly={isReadOnly}
      commit={(title) => edit((text) => edits.setTitle(text, title.trim() === '' ? null : title))}
    />
  );
}

function FlowForm({ bench, part }: Pick<PartFormProps, 'bench' | 'part'>) {
  const { t } = useTranslation();
  const rename = (name: string): void => {
    const wanted = name.trim();
    if (wanted === '') return;
    if (bench.edit((text) => edits.renameFlow(text, part.name, wanted, bench.isPublished)))
      bench.choose(`flow:${wanted}`);
  };
  const inside = bench.graph.parts.filter(({ flow, kind }) => flow === part.flow && kind !== 'flow');
  return (
    <Stack gap="xs">
      <Committed
        label={t('canvas.settings.name')}
        description={bench.isPublished ? t('canvas.hints.rename') : undefined}
        value={part.name}
        isReadOnly={bench.isReadOnly}
        commit={rename}
      />
      <Group gap={6}>
        {inside.map((each) => (
          <PartButton key={each.id} part={each} choose={bench.choose} />
        ))}
      </Group>
    </Stack>
  );
}

function PartButton({ part, choose }: { readonly part: Part; choose(id: string): void }) {
  const { title } = useWords(part);
  return (
    <Button size="compact-sm" variant="default" onClick={() => choose(part.id)}>
      {title}
    </Button>
  );
}

interface ErrorsFormProps {
  readonly bench: Bench;
  readonly values: JsonMap;
  readonly choices: Choices;
}

function ErrorsForm({ bench, values, choices }: ErrorsFormProps) {
  const { t } = useTranslation();
  const limit: JsonMap = isMap(values.stop_when) ? values.stop_when : {};
  const set = (change: JsonObject): void => {
    const all = Object.entries({ ...(values as JsonObject), ...change });
    bench.edit((text) => edits.setErrors(text, Object.fromEntries(all.filter(([, value]) => value !== null))));
  };
  const setLimit = (name: 'rejected' | 'of_last', value: JsonValue): void => {
    const all = Object.entries({ ...(limit as JsonObject), [name]: value }).filter(([, each]) => each !== null);
    const isGone = name === 'rejected' && value === null;
    set({ stop_when: all.length === 0 || isGone ? null : Object.fromEntries(all) });
  };
  return (
    <Stack gap="xs">
      <SettingsForm
        settings={errorSettings}
        values={values}
        choices={choices}
        isReadOnly={bench.isReadOnly}
        set={(name, value) => set({ [name]: value })}
      />
      <Committed
        label={t('canvas.settings.stop_when')}
        description={t('canvas.hints.stop_when')}
        value={textOf(limit.rejected)}
        isReadOnly={bench.isReadOnly}
        commit={(text) => setLimit('rejected', text.trim() === '' ? null : text.trim())}
      />
      {limit.rejected !== undefined && (
        <Committed
          label={t('canvas.settings.of_last')}
          value={limit.of_last === undefined ? '' : String(limit.of_last)}
          isReadOnly={bench.isReadOnly}
          commit={(text) => setLimit('of_last', text.trim() === '' ? null : Number(text) || text)}
        />
      )}
    </Stack>
  );
}
