import { Alert, Anchor, Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerOf, answerOf, api } from '../api.js';
import { tell, useChange } from './change.js';
import { Copy, ShownOnce } from './once.js';
import { QrCode } from './qr-code.js';
import { Section } from './section.js';
import { TextForm } from './text-form.js';

type Setup = AnswerOf<'beginTwoFactor'>;
type Asking = 'on' | 'off' | 'codes' | null;

/** The second step of signing in: on with a first code, off with the password, new backup codes. */
export function TwoFactor({ isOn }: { readonly isOn: boolean }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking>(null);
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const confirming = useChange({
    change: (code: string) =>
      answerOf(api.POST('/me/two-factor/confirm', { body: { code: code.replaceAll(' ', '') } })),
    touches: [['me'], ['sessions']],
    said: t('twoFactor.switchedOn'),
    after: () => setSetup(null),
  });
  const ending = useChange({
    change: (password: string) => answerOf(api.POST('/me/two-factor/end', { body: { password } })),
    touches: [['me'], ['sessions']],
    said: t('twoFactor.switchedOff'),
  });
  const goOn = async (password: string): Promise<void> => {
    if (asking === 'on') setSetup(await answerOf(api.POST('/me/two-factor', { body: { password } })));
    else if (asking === 'off') await ending.mutateAsync(password);
    else {
      const { backupCodes } = await answerOf(api.POST('/me/two-factor/backup-codes', { body: { password } }));
      setCodes(backupCodes);
      tell(t('twoFactor.newCodes'));
    }
    setAsking(null);
  };
  return (
    <Section title={t('twoFactor.title')} about={t('twoFactor.about')}>
      <Group mb="md">
        <Badge variant="light" color={isOn ? 'teal' : 'gray'}>
          {t(isOn ? 'twoFactor.on' : 'twoFactor.off')}
        </Badge>
        {!isOn && setup === null && <Button onClick={() => setAsking('on')}>{t('twoFactor.switchOn')}</Button>}
        {isOn && (
          <>
            <Button variant="default" onClick={() => setAsking('codes')}>
              {t('twoFactor.makeCodes')}
            </Button>
            <Button variant="light" color="red" onClick={() => setAsking('off')}>
              {t('twoFactor.switchOff')}
            </Button>
          </>
        )}
      </Group>
      {asking !== null && (
        <TextForm
          key={asking}
          fields={[
            { name: 'password', label: t('profile.present'), kind: 'password', autoComplete: 'current-password' },
          ]}
          button={t(`twoFactor.go.${asking}`)}
          submit={({ password = '' }) => goOn(password)}
        />
      )}
      {codes !== null && <BackupCodes codes={codes} done={() => setCodes(null)} />}
      {setup !== null && <SetUp setup={setup} confirm={(code) => confirming.mutateAsync(code)} />}
    </Section>
  );
}

interface SetUpProps {
  readonly setup: Setup;
  confirm(code: string): Promise<unknown>;
}

function SetUp({ setup: { uri, backupCodes }, confirm }: SetUpProps) {
  const { t } = useTranslation();
  const key = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <Stack>
      <Alert color="blue" variant="outline" title={t('twoFactor.setupTitle')}>
        <Text size="sm">{t('twoFactor.setupText')}</Text>
        <QrCode text={uri} label={t('qrCode.label')} />
        <Code block my="xs">
          {key.replace(/(.{4})(?=.)/g, '$1 ')}
        </Code>
        <Group>
          <Copy value={key} label={t('twoFactor.copyKey')} />
          <Anchor href={uri} underline="always">
            {t('twoFactor.openApp')}
          </Anchor>
        </Group>
      </Alert>
      <BackupCodes codes={backupCodes} />
      <TextForm
        fields={[{ name: 'code', label: t('twoFactor.code'), autoComplete: 'one-time-code' }]}
        button={t('twoFactor.confirm')}
        submit={({ code = '' }) => confirm(code)}
      />
    </Stack>
  );
}

function BackupCodes({ codes, done }: { readonly codes: readonly string[]; done?(): void }) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t('twoFactor.codes')}
      text={t('twoFactor.codesText')}
      label={t('twoFactor.codes')}
      value={codes.join('\n')}
      rows={codes.length}
      {...(done !== undefined && { done })}
    />
  );
}
