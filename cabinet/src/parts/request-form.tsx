import { Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestKinds } from '../request-kinds.js';
import { ProblemAlert } from './problem.js';

export interface AskedRequest {
  readonly kind: (typeof requestKinds)[number];
  readonly subject: string;
  readonly text: string;
  readonly name: string;
  readonly email: string;
  readonly website: string;
}

interface RequestFormProps {
  /** Visitors say who they are; members are known. */
  readonly isVisitor: boolean;
  submit(asked: AskedRequest): Promise<unknown>;
}

/** Asking those who run the installation. */
export function RequestForm({ isVisitor, submit }: RequestFormProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<AskedRequest>({
    kind: 'setup',
    subject: '',
    text: '',
    name: '',
    email: '',
    website: '',
  });
  const sending = useMutation({ mutationFn: () => submit(asked) });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!sending.isPending) sending.mutate();
  };
  const inputOf = (name: 'subject' | 'text' | 'name' | 'email') => ({
    name,
    label: t(`requests.${name}`),
    required: true,
    value: asked[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setAsked((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form onSubmit={send} aria-busy={sending.isPending}>
      <Stack>
        {isVisitor && (
          <>
            <TextInput {...inputOf('name')} autoComplete="name" maxLength={100} />
            <TextInput {...inputOf('email')} type="email" autoComplete="email" />
            <div className="visually-hidden" aria-hidden>
              <input
                name="website"
                tabIndex={-1}
                autoComplete="off"
                value={asked.website}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setAsked((before) => ({ ...before, website: value }));
                }}
              />
            </div>
          </>
        )}
        <NativeSelect
          label={t('requests.kind')}
          value={asked.kind}
          data={requestKinds.map((kind) => ({ value: kind, label: t(`requests.kinds.${kind}`) }))}
          onChange={(event) => {
            const kind = requestKinds.find((each) => each === event.currentTarget.value);
            if (kind !== undefined) setAsked((before) => ({ ...before, kind }));
          }}
        />
        <TextInput {...inputOf('subject')} maxLength={200} />
        <Textarea {...inputOf('text')} rows={6} maxLength={20_000} />
        <ProblemAlert error={sending.error} />
        <div>
          <Button type="submit" loading={sending.isPending}>
            {t('requests.send')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
