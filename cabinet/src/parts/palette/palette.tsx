import '@mantine/spotlight/styles.css';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { usePipelines } from '../../pipelines.js';
import type { Place } from '../../routes/places.js';
import { fits, idIn } from './fits.js';

const shownAtOnce = 50;

interface PaletteProps {
  /** Grows each time that somebody asks for it. */
  readonly asked: number;
  readonly places: readonly Place[];
  readonly isOperator: boolean;
  showShortcuts(): void;
}

interface Action {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  onClick(): void;
}

/** Pages, pipelines, connections by name, runs and dead letters by id. */
export function Palette({ asked, places, isOperator, showShortcuts }: PaletteProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const pipelines = usePipelines({ isOn: isOpen });
  const connections = useQuery({
    queryKey: ['connections', 'list'],
    queryFn: () => answerOf(api.GET('/connections')),
    enabled: isOpen,
    retry: false,
  });
  useEffect(() => {
    if (asked > 0) spotlight.open();
  }, [asked]);

  const id = idIn(query);
  const words = query.trim();
  const groups: readonly { readonly group: string; readonly actions: readonly Action[] }[] = [
    {
      group: t('palette.byId'),
      actions:
        id === null
          ? []
          : [
              {
                id: 'run',
                label: t('palette.run', { id }),
                onClick: () => void navigate({ to: '/runs/$id', params: { id } }),
              },
              {
                id: 'letter',
                label: t('palette.deadLetter', { id }),
                onClick: () => void navigate({ to: '/dead-letters/$id', params: { id } }),
              },
            ],
    },
    {
      group: t('nav.pipelines'),
      actions: (pipelines.data?.items ?? [])
        .filter(({ id: name, title }) => fits(words, title, name))
        .map(({ uid, id: name, title }) => ({
          id: `pipeline ${uid}`,
          label: title,
          description: name,
          onClick: () => void navigate({ to: '/pipelines/$id', params: { id: name } }),
        })),
    },
    {
      group: t('nav.connections'),
      actions: (connections.data?.items ?? [])
        .filter(({ name, connector }) => fits(words, name, connector))
        .map(({ id: own, name, connector }) => ({
          id: `connection ${own}`,
          label: name,
          description: connector,
          onClick: () => void navigate({ to: '/connections/$id', params: { id: own } }),
        })),
    },
    {
      group: t('palette.pages'),
      actions: [
        ...places.map(({ to, label }) => ({ id: `page ${to}`, label: t(label), onClick: () => void navigate({ to }) })),
        { id: 'shortcuts', label: t('palette.shortcuts'), onClick: showShortcuts },
      ].filter(({ label }) => fits(words, label)),
    },
    {
      group: t('palette.search'),
      actions:
        !isOperator || words === ''
          ? []
          : [
              {
                id: 'requests',
                label: t('palette.searchRequests', { words }),
                onClick: () => void navigate({ to: '/operator/requests', search: { search: words } }),
              },
            ],
    },
  ];
  const shown = groups.filter(({ actions }) => actions.length > 0);
  return (
    <Spotlight.Root
      shortcut={null}
      title={t('palette.open')}
      classNames={{ header: 'visually-hidden' }}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
      scrollable
      maxHeight={420}
      lockScroll={false}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.open')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {shown.map(({ group, actions }) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {actions.slice(0, shownAtOnce).map((action) => (
              <Spotlight.Action key={action.id} {...action} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
