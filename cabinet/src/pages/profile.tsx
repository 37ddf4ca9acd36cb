import { NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, type Me } from '../api.js';
import { type Language, languages, speak } from '../i18n.js';
import { useMe } from '../me.js';
import { useChange } from '../parts/change.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { Sessions } from '../parts/sessions.js';
import { TextForm } from '../parts/text-form.js';
import { TwoFactor } from '../parts/two-factor.js';

/** The person's own data: what they are called, how they sign in, where they are signed in. */
export function Profile() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <PageHead title={t('nav.profile')} />
      {me.data != null && (
        <>
          <Name person={me.data.person} />
          <Email person={me.data.person} />
          <Password />
          <TwoFactor isOn={me.data.person.hasTwoFactor} />
          <Sessions />
        </>
      )}
    </>
  );
}

function Name({ person }: { readonly person: Me['person'] }) {
  const { t, i18n } = useTranslation();
  const saving = useChange({
    change: (body: { name?: string; language?: Language }) => answerOf(api.PATCH('/me', { body })),
    touches: [['me']],
    said: t('accountActs.saved'),
  });
  const choose = (value: string): void => {
    const language = (Object.keys(languages) as Language[]).find((each) => each === value);
    if (language === undefined) return;
    void speak(language);
    saving.mutate({ language });
  };
  return (
    <Section title={t('profile.name')}>
      <Stack>
        <TextForm
          fields={[{ name: 'name', label: t('fields.name'), autoComplete: 'name', initial: person.name }]}
          button={t('accountActs.save')}
          submit={(values) => saving.mutateAsync({ name: values.name ?? '' })}
        />
        <NativeSelect
          label={t('profile.language')}
          description={t('profile.languageText')}
          value={i18n.language}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <ProblemAlert error={saving.error} />
      </Stack>
    </Section>
  );
}

function Email({ person }: { readonly person: Me['person'] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<string | null>(null);
  const change = async ({ password = '', email = '' }: Readonly<Record<string, string>>): Promise<void> => {
    await answerOf(api.POST('/me/email', { body: { password, email } }));
    setAsked(email);
  };
  return (
    <Section title={t('fields.email')} about={t('profile.emailText', { email: person.email })}>
      {asked === null ? (
        <TextForm
          fields={[
            { name: 'email', label: t('profile.newEmail'), kind: 'email', autoComplete: 'off' },
            { name: 'password', label: t('profile.present'), kind: 'password', autoComplete: 'current-password' },
          ]}
          button={t('profile.changeEmail')}
          submit={change}
        />
      ) : (
        <Text role="status">{t('profile.emailAsked', { email: person.email })}</Text>
      )}
    </Section>
  );
}

function Password() {
  const { t } = useTranslation();
  const [count, setCount] = useState(0);
  const changing = useChange({
    change: (body: { currentPassword: string; newPassword: string }) => answerOf(api.POST('/me/password', { body })),
    touches: [['sessions']],
    said: t('profile.passwordChanged'),
    after: () => setCount((before) => before + 1),
  });
  return (
    <Section title={t('fields.password')} about={t('profile.passwordText')}>
      <TextForm
        key={count}
        fields={[
          { name: 'current', label: t('profile.present'), kind: 'password', autoComplete: 'current-password' },
          {
            name: 'next',
            label: t('fields.newPassword'),
            kind: 'password',
            autoComplete: 'new-password',
            description: t('fields.passwordRule'),
            minLength: 8,
          },
        ]}
        button={t('profile.changePassword')}
        submit={({ current = '', next = '' }) => changing.mutateAsync({ currentPassword: current, newPassword: next })}
      />
    </Section>
  );
}
