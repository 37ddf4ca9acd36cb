import { Button, Group, NativeSelect, Pill, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PipelineChoice } from '../../parts/work/pipeline-choice.js';
import { type LetterSearch, letterStates } from '../../routes/work-search.js';

interface FiltersProps {
  readonly wanted: LetterSearch;
  change(wanted: LetterSearch): void;
}

/** What the list is narrowed to; all of it stands in the address. */
export function Filters({ wanted, change }: FiltersProps) {
  const { t } = useTranslation();
  const [flow, setFlow] = useState(wanted.flow ?? '');
  const narrow = (part: Partial<LetterSearch>): void => change({ ...wanted, ...part, cursor: undefined });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    narrow({ flow: flow.trim() || undefined });
  };
  return (
    <form onSubmit={send}>
      <Group mb="sm" align="flex-end">
        <PipelineChoice value={wanted.pipeline} choose={(pipeline) => narrow({ pipeline })} />
        <TextInput
          label={t('work.flow')}
          value={flow}
          pattern="[a-z][a-z0-9_]*"
          maxLength={63}
          onChange={(event) => setFlow(event.currentTarget.value)}
          onBlur={() => flow.trim() !== (wanted.flow ?? '') && narrow({ flow: flow.trim() || undefined })}
        />
        <NativeSelect
          label={t('runList.state')}
          value={wanted.state ?? 'open'}
          onChange={(event) => narrow({ state: letterStates.find((state) => state === event.currentTarget.value) })}
          data={letterStates.map((state) => ({
            value: state,
            label: state === 'all' ? t('work.all') : t(`letters.states.${state}`),
          }))}
        />
        {/* Enter in a field sends the form, also for those who see no button. */}
        <Button type="submit" className="visually-hidden" tabIndex={-1}>
          {t('work.show')}
        </Button>
        {wanted.run !== undefined && (
          <Taken label={t('letters.ofRun', { run: wanted.run.slice(-8) })} remove={() => narrow({ run: undefined })} />
        )}
        {wanted.code !== undefined && <Taken label={wanted.code} remove={() => narrow({ code: undefined })} />}
      </Group>
    </form>
  );
}

function Taken({ label, remove }: { readonly label: string; remove(): void }) {
  const { t } = useTranslation();
  return (
    <Pill
      size="lg"
      withRemoveButton
      onRemove={remove}
      removeButtonProps={{ 'aria-label': t('work.removeFilter', { name: label }), 'aria-hidden': false, tabIndex: 0 }}
    >
      {label}
    </Pill>
  );
}
