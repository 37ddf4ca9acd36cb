import { NativeSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JsonObject, JsonValue } from '../../../../../core/json.js';
import * as edits from '../../../../../definitions/text/edits.js';
import { isMap, type JsonMap, textOf } from '../known.js';
import type { Bench } from './bench.js';
import { Committed } from './live-input.js';
import type { Part } from './parts.js';
import { cronSettings, triggerKinds } from './settings.js';
import { SettingsForm } from './settings-form.js';

const begun: Readonly<Record<string, JsonValue>> = {
  '': null,
  manual: 'manual',
  every: { every: '5m' },
  cron: { cron: '0 3 * * *' },
  webhook: { webhook: { reconcile: '1h' } },
};
const nothing = { streams: [], sourceFields: [], targetFields: [] };

/** What starts the pipeline. */
export function TriggerForm({ bench, part }: { readonly bench: Bench; readonly part: Part }) {
  const { t } = useTranslation();
  const { isReadOnly } = bench;
  const values: JsonMap = isMap(part.value) ? part.value : {};
  const kind = triggerKinds.find((each) => part.value === each || each in values) ?? '';
  const put = (trigger: JsonValue): void => {
    bench.edit((text) => edits.setTrigger(text, trigger));
  };
  const webhook: JsonMap = isMap(values.webhook) ? values.webhook : {};
  return (
    <Stack gap="xs">
      <NativeSelect
        size="sm"
        label={t('canvas.settings.trigger')}
        value={kind}
        disabled={isReadOnly}
        onChange={(event) => put(begun[event.currentTarget.value] ?? null)}
        data={[
          { value: '', label: t('canvas.empty.trigger') },
          ...triggerKinds.map((each) => ({ value: each, label: t(`canvas.triggers.${each}`) })),
        ]}
      />
      {kind === 'every' && (
        <Committed
          label={t('canvas.settings.every')}
          description={t('canvas.hints.every')}
          value={textOf(values.every)}
          isReadOnly={isReadOnly}
          commit={(every) => put({ every: every.trim() })}
        />
      )}
      {kind === 'cron' && (
        <SettingsForm
          settings={cronSettings}
          values={values}
          choices={nothing}
          isReadOnly={isReadOnly}
          set={(name, value) => put(without({ ...(values as JsonObject), [name]: value }))}
        />
      )}
      {kind === 'webhook' && (
        <Committed
          label={t('canvas.settings.reconcile')}
          description={t('canvas.hints.reconcile')}
          value={textOf(webhook.reconcile)}
          isReadOnly={isReadOnly}
          commit={(time) => put({ webhook: time.trim() === '' ? {} : { reconcile: time.trim() } })}
        />
      )}
    </Stack>
  );
}

function without(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
