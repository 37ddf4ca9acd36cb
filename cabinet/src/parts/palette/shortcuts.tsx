import { Group, Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { modKey } from './mod-key.js';

const shortcuts = [
  { name: 'open', keys: [modKey, 'K'] },
  { name: 'help', keys: [modKey, '/'] },
  { name: 'save', keys: [modKey, 'S'] },
  { name: 'undo', keys: [modKey, 'Z'] },
  { name: 'suggest', keys: ['Ctrl', '␣'] },
  { name: 'close', keys: ['Esc'] },
] as const;

/** All shortcuts there are; each takes a key besides the letter, so that nothing happens by typing. */
export function Shortcuts({ close }: { close(): void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={close}
      lockScroll={false}
      title={t('palette.shortcuts')}
      closeButtonProps={{ 'aria-label': t('work.close') }}
    >
      <Table>
        <Table.Tbody>
          {shortcuts.map(({ name, keys }) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`palette.keys.${name}`)}</Table.Td>
              <Table.Td>
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
