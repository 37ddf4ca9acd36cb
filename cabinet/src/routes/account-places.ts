import { IconPlug, IconUsers } from '@tabler/icons-react';

export const accountPlaces = [
  { to: '/connections', label: 'nav.connections', icon: IconPlug },
  { to: '/members', label: 'nav.members', icon: IconUsers },
] as const;
