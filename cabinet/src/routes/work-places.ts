import { IconArrowsExchange } from '@tabler/icons-react';

export const workPlaces = [{ to: '/', label: 'nav.pipelines', icon: IconArrowsExchange }] as const;
