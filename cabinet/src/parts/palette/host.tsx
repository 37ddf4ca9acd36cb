import { Box, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../routes/places.js';
import { modKey } from './mod-key.js';
import './palette.css';

const Palette = lazy(async () => ({ default: (await import('./palette.js')).Palette }));
const Shortcuts = lazy(async () => ({ default: (await import('./shortcuts.js')).Shortcuts }));

interface PaletteHostProps {
  /** Pages that the person may open. */
  readonly places: readonly Place[];
  readonly isOperator: boolean;
}

/** The way to everything by keyboard: what it takes is loaded when it is asked for first. */
export function PaletteHost({ places, isOperator }: PaletteHostProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(0);
  const [isHelping, setHelping] = useState(false);
  const open = (): void => setAsked((before) => before + 1);
  useHotkeys(
    [
      ['mod+K', open],
      ['mod+/', () => setHelping(true)],
    ],
    // Also while somebody writes.
    [],
  );
  return (
    <>
      <UnstyledButton className="palette-button" onClick={open} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={18} aria-hidden />
        <Text size="sm" component="span" visibleFrom="md">
          {t('palette.button')}
        </Text>
        <Box component="span" hiddenFrom="md" className="visually-hidden">
          {t('palette.button')}
        </Box>
        <Kbd size="xs" visibleFrom="md">
          {modKey} K
        </Kbd>
      </UnstyledButton>
      <Suspense>
        {asked > 0 && (
          <Palette asked={asked} places={places} isOperator={isOperator} showShortcuts={() => setHelping(true)} />
        )}
        {isHelping && <Shortcuts close={() => setHelping(false)} />}
      </Suspense>
    </>
  );
}
