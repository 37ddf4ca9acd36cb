import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../problem.js';

interface ConfirmProps {
  /** What stands on the button that opens the question, and on the one that does it. */
  readonly button: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  readonly isMain?: boolean;
  act(): Promise<unknown>;
}

/** Asks once more, saying what it means; what the server refuses is shown where it was asked for. */
export function Confirm({ button, title, children, act, isDangerous, isDisabled, isMain }: ConfirmProps) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  const acting = useMutation({ mutationFn: act, onSuccess: close });
  const begin = (): void => {
    acting.reset();
    open();
  };
  return (
    <>
      <Button
        variant={isMain ? 'filled' : isDangerous ? 'light' : 'default'}
        color={isDangerous ? 'red' : undefined}
        disabled={isDisabled ?? false}
        onClick={begin}
      >
        {button}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        lockScroll={false}
        title={title}
        closeButtonProps={{ 'aria-label': t('work.close') }}
      >
        {typeof children === 'string' ? <Text>{children}</Text> : children}
        <ProblemAlert error={acting.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t('work.back')}
          </Button>
          <Button color={isDangerous ? 'red' : undefined} loading={acting.isPending} onClick={() => acting.mutate()}>
            {button}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
