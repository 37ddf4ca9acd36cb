import { Alert, Button, Group, NativeSelect, NumberInput, Stack, Tabs, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languages } from '../../i18n.js';
import { instantOf, localTextOf } from '../../parts/local-time.js';
import { ProblemAlert } from '../../parts/problem.js';
import { languageCodes, type PageText, type PageTexts, writtenOf } from './page-texts.js';
import { TextPair } from './text-pair.js';

const kinds = ['information', 'promotion'] as const;

export interface PageDraft {
  readonly kind: (typeof kinds)[number];
  readonly slug: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly position: number;
  readonly texts: PageTexts;
}

export const emptyPage: PageDraft = {
  kind: 'information',
  slug: '',
  startsAt: null,
  endsAt: null,
  position: 0,
  texts: {},
};

const nothing: PageText = { title: '', body: '' };

interface PageFormProps {
  readonly initial: PageDraft;
  readonly button: string;
  /** Told whenever there comes to be, or no longer is, something unsaved. */
  tellUnsaved?(isUnsaved: boolean): void;
  submit(draft: PageDraft): Promise<unknown>;
}

/** Where and when a page is shown, and its text in each language beside what it will look like. */
export function PageForm({ initial, button, tellUnsaved, submit }: PageFormProps) {
  const { t, i18n } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [isDirty, setIsDirty] = useState(false);
  const setDirty = (isUnsaved: boolean): void => {
    setIsDirty(isUnsaved);
    tellUnsaved?.(isUnsaved);
  };
  const [language, setLanguage] = useState(() => firstShown(initial.texts, i18n.language));
  const sending = useMutation({ mutationFn: () => submit(draft), onSuccess: () => setDirty(false) });
  const ask = (): boolean => isDirty && !window.confirm(t('operator.unsaved'));
  useBlocker({ shouldBlockFn: ask, enableBeforeUnload: isDirty });
  const change = (part: Partial<PageDraft>): void => {
    setDirty(true);
    setDraft((before) => ({ ...before, ...part }));
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!sending.isPending) sending.mutate();
  };
  const written = writtenOf(draft.texts);
  const untitled = languageCodes.filter((each) => written[each] !== undefined && written[each].title.trim() === '');
  return (
    <form onSubmit={send} aria-busy={sending.isPending}>
      <Stack>
        <Group align="flex-start">
          <NativeSelect
            label={t('operator.pageKind')}
            value={draft.kind}
            data={kinds.map((kind) => ({ value: kind, label: t(`operator.pageKinds.${kind}`) }))}
            onChange={({ currentTarget: { value } }) =>
              change({ kind: kinds.find((each) => each === value) ?? 'information' })
            }
          />
          <TextInput
            label={t('operator.slug')}
            description={t('operator.slugText')}
            required
            maxLength={80}
            pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
            value={draft.slug}
            onChange={(event) => change({ slug: event.currentTarget.value })}
          />
          <NumberInput
            label={t('operator.position')}
            description={t('operator.positionText')}
            min={0}
            max={10_000}
            allowDecimal={false}
            value={draft.position}
            onChange={(value) => change({ position: typeof value === 'number' ? value : 0 })}
          />
        </Group>
        <Group align="flex-start">
          <TextInput
            label={t('operator.startsAt')}
            description={t('operator.startsAtText')}
            type="datetime-local"
            value={localTextOf(draft.startsAt)}
            onChange={(event) => change({ startsAt: instantOf(event.currentTarget.value) })}
          />
          <TextInput
            label={t('operator.endsAt')}
            description={t('operator.endsAtText')}
            type="datetime-local"
            value={localTextOf(draft.endsAt)}
            onChange={(event) => change({ endsAt: instantOf(event.currentTarget.value) })}
          />
        </Group>
        <Tabs
          keepMounted={false}
          value={language}
          onChange={(value) => setLanguage(languageCodes.find((each) => each === value) ?? 'en')}
        >
          <Tabs.List aria-label={t('operator.inLanguages')}>
            {languageCodes.map((each) => (
              <Tabs.Tab
                key={each}
                value={each}
                rightSection={
                  written[each] !== undefined && <IconCheck size={14} role="img" aria-label={t('operator.isWritten')} />
                }
              >
                {languages[each]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {languageCodes.map((each) => (
            <Tabs.Panel key={each} value={each} pt="md">
              <TextPair
                language={each}
                text={draft.texts[each] ?? nothing}
                change={(text) => change({ texts: { ...draft.texts, [each]: text } })}
              />
            </Tabs.Panel>
          ))}
        </Tabs>
        {untitled.length > 0 && (
          <Alert color="yellow" role="status">
            {t('operator.untitled', { languages: untitled.map((each) => languages[each]).join(', ') })}
          </Alert>
        )}
        <ProblemAlert error={sending.error} />
        <Group>
          <Button type="submit" loading={sending.isPending} disabled={untitled.length > 0 || isEmpty(written)}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The reader's own language, unless the page is written in others alone. */
function firstShown(texts: PageTexts, own: string): Language {
  const written = Object.keys(writtenOf(texts));
  const wanted = written.length === 0 || written.includes(own) ? own : written[0];
  return languageCodes.find((each) => each === wanted) ?? 'en';
}

function isEmpty(texts: PageTexts): boolean {
  return Object.keys(texts).length === 0;
}
