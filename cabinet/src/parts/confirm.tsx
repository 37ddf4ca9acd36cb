import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem.js';

interface ConfirmProps {
  /** What stands on the button that opens the question, and on the one that does it. */
  readonly button: string;
  /** What a screen reader calls the first button, where several of them stand below each other. */
  readonly label?: string;
  readonly title: string;
  /** What it means. */
  readonly text?: string;
  readonly children?: ReactNode;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  readonly isMain?: boolean;
  /** Without a frame, for rows of tables. */
  readonly isQuiet?: boolean;
  readonly size?: string;
  act(): Promise<unknown>;
}

/** Asks once more, saying what it means; what the server refuses is shown where it was asked for. */
export function Confirm(props: ConfirmProps) {
  const { button, label, title, text, children, isDangerous = false, isDisabled = false, act } = props;
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  const acting = useMutation({ mutationFn: act, onSuccess: close });
  const begin = (): void => {
    acting.reset();
    open();
  };
  const color = isDangerous ? 'red' : undefined;
  return (
    <>
      <Button
        variant={variantOf(props)}
        color={color}
        disabled={isDisabled}
        onClick={begin}
        {...(label !== undefined && { 'aria-label': label })}
        {...(props.size !== undefined && { size: props.size })}
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
        {text !== undefined && <Text>{text}</Text>}
        {typeof children === 'string' ? <Text>{children}</Text> : children}
        <ProblemAlert error={acting.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t('work.back')}
          </Button>
          <Button color={color} loading={acting.isPending} onClick={() => acting.mutate()}>
            {button}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function variantOf({ isMain = false, isDangerous = false, isQuiet = false }: ConfirmProps): string {
  if (isMain) return 'filled';
  if (isQuiet) return 'subtle';
  return isDangerous ? 'light' : 'default';
}
