import { IconKey, IconListSearch, IconMessage, IconPlug, IconUsers, IconWebhook } from '@tabler/icons-react';

/** With the least role that has something to do there; without one it is for everybody. */
export const accountPlaces = [
  { to: '/connections', label: 'nav.connections', icon: IconPlug },
  { to: '/members', label: 'nav.members', icon: IconUsers },
  { to: '/keys', label: 'nav.keys', icon: IconKey, least: 'admin' },
  { to: '/webhooks', label: 'webhooks.title', icon: IconWebhook },
  { to: '/audit', label: 'auditLog.title', icon: IconListSearch, least: 'admin' },
  { to: '/requests', label: 'requests.title', icon: IconMessage },
] as const;
