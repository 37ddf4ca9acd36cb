import './text-pair.css';
import { ActionIcon, Group, Paper, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconBold, IconH2, IconItalic, IconLink, IconList } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../i18n.js';
import { Markdown } from '../../parts/markdown.js';
import type { PageText } from './page-texts.js';

interface TextPairProps {
  readonly language: Language;
  readonly text: PageText;
  change(text: PageText): void;
}

const marks = [
  { name: 'bold', icon: IconBold, before: '**', after: '**' },
  { name: 'italic', icon: IconItalic, before: '*', after: '*' },
  { name: 'link', icon: IconLink, before: '[', after: '](https://)' },
  { name: 'heading', icon: IconH2, before: '\n\n## ', after: '\n\n' },
  { name: 'list', icon: IconList, before: '\n\n- ', after: '' },
] as const;

/** A text in one language as it is written, and as visitors will see it. */
export function TextPair({ language, text, change }: TextPairProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const put = (before: string, after: string): void => {
    const field = area.current;
    if (field === null) return;
    const { selectionStart: from, selectionEnd: to, value } = field;
    const body = value.slice(0, from) + before + value.slice(from, to) + after + value.slice(to);
    change({ ...text, body });
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(from + before.length, to + before.length);
    });
  };
  return (
    <Stack>
      <TextInput
        label={t('operator.pageTitle')}
        lang={language}
        maxLength={200}
        value={text.title}
        onChange={(event) => change({ ...text, title: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <div>
          <Textarea
            ref={area}
            label={t('operator.body')}
            description={t('operator.bodyText')}
            lang={language}
            autosize
            minRows={14}
            maxRows={40}
            maxLength={100_000}
            classNames={{ input: 'mono' }}
            value={text.body}
            onChange={(event) => change({ ...text, body: event.currentTarget.value })}
          />
          <Group gap={4} mt={6} role="group" aria-label={t('operator.marks.title')}>
            {marks.map(({ name, icon: Icon, before, after }) => (
              <ActionIcon
                key={name}
                variant="default"
                size="lg"
                aria-label={t(`operator.marks.${name}`)}
                title={t(`operator.marks.${name}`)}
                onClick={() => put(before, after)}
              >
                <Icon size={18} aria-hidden />
              </ActionIcon>
            ))}
          </Group>
        </div>
        <section aria-label={t('operator.preview')}>
          <Text size="sm" fw={500} mb={4}>
            {t('operator.preview')}
          </Text>
          <Paper withBorder p="md" className="page-preview" lang={language}>
            {text.title !== '' && (
              <Title order={2} size="h3" mb="md">
                {text.title}
              </Title>
            )}
            <Markdown text={text.body} />
          </Paper>
        </section>
      </SimpleGrid>
    </Stack>
  );
}
