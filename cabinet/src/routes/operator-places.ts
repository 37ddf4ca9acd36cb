import {
  IconChartBar,
  IconFileText,
  IconInbox,
  IconMail,
  IconMessage2,
  IconShieldCheck,
  IconUserShield,
} from '@tabler/icons-react';

/** For those who run the installation; `isForSupport`: also for the support. */
export const operatorPlaces = [
  { to: '/operator/requests', label: 'operator.requests', icon: IconInbox },
  { to: '/operator/pages', label: 'operator.pages', icon: IconFileText },
  { to: '/operator/tariffs', label: 'operator.tariffs', icon: IconChartBar },
  { to: '/operator/staff', label: 'operator.staff', icon: IconUserShield },
  { to: '/operator/audit', label: 'operator.audit', icon: IconShieldCheck },
  { to: '/operator/mailbox', label: 'mailbox.title', icon: IconMail },
  { to: '/support', label: 'operator.supportVisit', icon: IconMessage2, isForSupport: true },
] as const;
