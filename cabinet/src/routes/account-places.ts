import { IconKey, IconListSearch, IconMessage, IconPlug, IconUsers, IconWebhook } from '@tabler/icons-react';

/** With the least role of a member that has something to do there; without one it is for support visits too. */
export const accountPlaces = [
  { to: '/connections', label: 'nav.connections', icon: IconPlug },
  { to: '/members', label: 'nav.members', icon: IconUsers, least: 'viewer' },
  { to: '/keys', label: 'nav.keys', icon: IconKey, least: 'admin' },
  { to: '/webhooks', label: 'webhooks.title', icon: IconWebhook, least: 'viewer' },
  { to: '/audit', label: 'auditLog.title', icon: IconListSearch, least: 'admin' },
  { to: '/requests', label: 'requests.title', icon: IconMessage, least: 'viewer', isForPartners: true },
] as const;
