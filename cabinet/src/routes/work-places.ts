import { IconArrowsExchange, IconHome, IconMailX, IconPlayerPlay } from '@tabler/icons-react';

export const workPlaces = [
  { to: '/', label: 'home.title', icon: IconHome },
  { to: '/pipelines', label: 'nav.pipelines', icon: IconArrowsExchange },
  { to: '/runs', label: 'nav.runs', icon: IconPlayerPlay },
  { to: '/dead-letters', label: 'nav.deadLetters', icon: IconMailX },
] as const;
