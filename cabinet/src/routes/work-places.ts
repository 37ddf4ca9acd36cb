import { IconArrowsExchange, IconMailX, IconPlayerPlay } from '@tabler/icons-react';

export const workPlaces = [
  { to: '/', label: 'nav.pipelines', icon: IconArrowsExchange },
  { to: '/runs', label: 'nav.runs', icon: IconPlayerPlay },
  { to: '/dead-letters', label: 'nav.deadLetters', icon: IconMailX },
] as const;
