import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from './problem.js';

export interface TextField {
  readonly name: string;
  readonly label: string;
  readonly kind?: 'text' | 'email' | 'password';
  readonly description?: string;
  readonly autoComplete?: string;
  readonly minLength?: number;
  readonly isOptional?: boolean;
  readonly initial?: string;
}

interface TextFormProps {
  readonly fields: readonly TextField[];
  readonly button: string;
  submit(values: Readonly<Record<string, string>>): Promise<unknown>;
}

/** A form of plain texts: sends once, shows what the server says, keeps what was typed. */
export function TextForm({ fields, button, submit }: TextFormProps) {
  const [values, setValues] = useState<Record<string, string>>(
    Object.fromEntries(fields.map((field) => [field.name, field.initial ?? ''])),
  );
  const sending = useMutation({ mutationFn: submit });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!sending.isPending) sending.mutate(values);
  };
  return (
    <form onSubmit={send} aria-busy={sending.isPending}>
      <Stack>
        {fields.map((field, index) => {
          const Input = field.kind === 'password' ? PasswordInput : TextInput;
          return (
            <Input
              key={field.name}
              name={field.name}
              label={field.label}
              description={field.description}
              type={field.kind === 'email' ? 'email' : undefined}
              autoComplete={field.autoComplete}
              minLength={field.minLength}
              required={field.isOptional !== true}
              data-autofocus={index === 0 || undefined}
              value={values[field.name] ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setValues((before) => ({ ...before, [field.name]: value }));
              }}
            />
          );
        })}
        <ProblemAlert error={sending.error} />
        <Button type="submit" loading={sending.isPending} fullWidth>
          {button}
        </Button>
      </Stack>
    </form>
  );
}
