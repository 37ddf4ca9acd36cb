import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem.js';

interface AskFirstProps {
  /** What stands on the button that opens the question, and on the one that does it. */
  readonly button: string;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
  readonly size?: string;
  readonly isQuiet?: boolean;
  act(): Promise<unknown>;
}

/** Something that cannot be taken back: asked for once more, with what it means. */
export function AskFirst({ button, title, text, children, size = 'xs', isQuiet = false, act }: AskFirstProps) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  const acting = useMutation({ mutationFn: act, onSuccess: close });
  const begin = (): void => {
    acting.reset();
    open();
  };
  return (
    <>
      <Button size={size} color="red" variant={isQuiet ? 'subtle' : 'light'} onClick={begin}>
        {button}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={title}
        lockScroll={false}
        closeButtonProps={{ 'aria-label': t('accountActs.close') }}
      >
        {text !== undefined && <Text>{text}</Text>}
        {children}
        <ProblemAlert error={acting.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t('accountActs.cancel')}
          </Button>
          <Button color="red" loading={acting.isPending} onClick={() => acting.mutate()}>
            {button}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
