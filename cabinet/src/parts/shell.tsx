import {
  AppShell,
  Burger,
  Divider,
  Group,
  Loader,
  Menu,
  NativeSelect,
  NavLink,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuilding, IconLogout, IconNews, IconPhone, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useMatches, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseAccount } from '../account-choice.js';
import { answerOf, api, type Me } from '../api.js';
import { useLiveLists } from '../live.js';
import { useMe } from '../me.js';
import { furtherPlacesOf, type Place, placesOf, staffPlacesOf } from '../routes/places.js';
import { LanguageChoice } from './open-page.js';
import { PaletteHost } from './palette/host.js';
import { ProblemAlert } from './problem.js';
import { SupportBanner } from './support-banner.js';

const PublicHome = lazy(async () => ({ default: (await import('../pages/home/public-home.js')).PublicHome }));

/** The frame of all pages of somebody signed in; everybody else finds the public home, or is led to the sign-in and back. */
export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  useLiveLists(followed(me.data ?? null));
  const { href } = useLocation();
  // The address is that of the next page already while this one is left, for example for the registration.
  const isHome = useMatches({ select: (matches) => matches.some(({ routeId }) => routeId === '/shell/') });
  const [isOpen, { toggle, close }] = useDisclosure();
  if (me.isPending) return <Loader m="xl" aria-label={t('loading')} />;
  if (me.isError) return <ProblemAlert error={me.error} />;
  if (me.data === null) {
    if (!isHome) return <ToSignIn next={href} />;
    return (
      <Suspense fallback={<Loader m="xl" aria-label={t('loading')} />}>
        <PublicHome />
      </Suspense>
    );
  }
  const [own, ofStaff] = [placesOf(me.data), staffPlacesOf(me.data)];
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.menu')} />
            <Text fw={700} c="cyan">
              Pipewright
            </Text>
            <AccountChoice me={me.data} />
          </Group>
          <Group wrap="nowrap">
            <PaletteHost
              places={[...own, ...furtherPlacesOf(me.data), ...ofStaff]}
              isOperator={me.data.staff === 'operator'}
            />
            <LanguageChoice />
            <PersonMenu me={me.data} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('nav.menu')} className="scrolls">
        <Places places={own} href={href} close={close} />
        {ofStaff.length > 0 && (
          <>
            <Divider label={t('operator.section')} labelPosition="left" my="xs" />
            <Places places={ofStaff} href={href} close={close} />
          </>
        )}
      </AppShell.Navbar>
      <AppShell.Main>
        <SupportBanner me={me.data} />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** Servicing companies may not follow a customer's runs: their lists are asked again. */
function followed(me: Me | null): string | null {
  return me?.account == null || me.account.as === 'partner' ? null : me.account.id;
}

interface PlacesProps {
  readonly places: readonly Place[];
  readonly href: string;
  close(): void;
}

function Places({ places, href, close }: PlacesProps) {
  const { t } = useTranslation();
  return places.map(({ to, label, icon: Icon }) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      label={t(label)}
      leftSection={<Icon size={18} aria-hidden />}
      active={to === '/' ? href === '/' : href.startsWith(to)}
      onClick={close}
    />
  ));
}

/** Goes once, to the address that was asked for first: the way there changes the address itself. */
function ToSignIn({ next }: { readonly next: string }) {
  const navigate = useNavigate();
  const wanted = useRef(next);
  useEffect(() => {
    void navigate({ to: '/sign-in', search: { next: wanted.current }, replace: true });
  }, [navigate]);
  return null;
}

function AccountChoice({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const accounts = [...me.accounts, ...me.customers, ...me.visits];
  if (accounts.length < 2) return <Text visibleFrom="xs">{accounts[0]?.name}</Text>;
  return (
    <NativeSelect
      aria-label={t('nav.account')}
      size="xs"
      value={me.account?.id ?? ''}
      data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(event) => {
        chooseAccount(event.currentTarget.value);
        void queries.resetQueries();
      }}
    />
  );
}

function PersonMenu({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = async (): Promise<void> => {
    await answerOf(api.POST('/sign-out'));
    chooseAccount(null);
    queries.clear();
    await navigate({ to: '/sign-in', search: { next: undefined } });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton aria-label={`${t('nav.person')}: ${me.person.name}`}>
          <Group gap={6} wrap="nowrap">
            <IconUser size={18} aria-hidden />
            <Text size="sm" visibleFrom="sm">
              {me.person.name}
            </Text>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.person.email}</Menu.Label>
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} aria-hidden />}>
          {t('nav.profile')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account" leftSection={<IconBuilding size={16} aria-hidden />}>
          {t('accountPage.title')}
        </Menu.Item>
        <Menu.Item component={Link} to="/pages" leftSection={<IconNews size={16} aria-hidden />}>
          {t('infoPages.title')}
        </Menu.Item>
        <Menu.Item component={Link} to="/contacts" leftSection={<IconPhone size={16} aria-hidden />}>
          {t('contacts.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
