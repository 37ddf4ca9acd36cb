import { Button, Group, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instantOf, localTextOf } from './local-time.js';
import { ProblemAlert } from './problem.js';

const scopes = ['read', 'run', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export interface KeyTerms {
  readonly name: string;
  readonly scopes: Scope[];
  readonly allowedAddresses: string[];
  readonly expiresAt: string | null;
}

interface KeyFormProps {
  readonly first: KeyTerms;
  readonly button: string;
  readonly error: unknown;
  readonly isPending: boolean;
  submit(terms: KeyTerms): void;
  cancel?(): void;
}

/** The widest of the scopes; it includes the others. */
export function widestOf(own: readonly string[]): Scope {
  return scopes.findLast((scope) => own.includes(scope)) ?? 'read';
}

/** What a key may do, from where, and until when. */
export function KeyForm({ first, button, error, isPending, submit, cancel }: KeyFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(first.name);
  const [scope, setScope] = useState<string>(widestOf(first.scopes));
  const [addresses, setAddresses] = useState(first.allowedAddresses.join('\n'));
  const [expires, setExpires] = useState(localTextOf(first.expiresAt));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const allowedAddresses = addresses.split(/[\s,]+/).filter((each) => each !== '');
    if (!isPending) submit({ name, scopes: [widestOf([scope])], allowedAddresses, expiresAt: instantOf(expires) });
  };
  return (
    <form onSubmit={send} aria-busy={isPending}>
      <Stack>
        <TextInput
          label={t('apiKeys.name')}
          description={t('apiKeys.nameText')}
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group label={t('apiKeys.scope')} description={t('apiKeys.scopeText')} value={scope} onChange={setScope}>
          <Stack gap="xs" mt="xs">
            {scopes.map((each) => (
              <Radio key={each} value={each} label={each} description={t(`apiKeys.scopes.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('apiKeys.addresses')}
          description={t('apiKeys.addressesText')}
          placeholder="203.0.113.0/24"
          rows={2}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={addresses}
          onChange={(event) => setAddresses(event.currentTarget.value)}
        />
        <TextInput
          label={t('apiKeys.expires')}
          description={t('apiKeys.expiresText')}
          type="datetime-local"
          value={expires}
          onChange={(event) => setExpires(event.currentTarget.value)}
        />
        <ProblemAlert error={error} />
        <Group>
          <Button type="submit" loading={isPending}>
            {button}
          </Button>
          {cancel !== undefined && (
            <Button variant="default" onClick={cancel}>
              {t('accountActs.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
