import { IconBuilding, IconUser } from '@tabler/icons-react';
import type { Me } from '../api.js';
import { reaches } from '../role.js';
import { accountPlaces } from './account-places.js';
import { operatorPlaces } from './operator-places.js';
import { workPlaces } from './work-places.js';

const ownPlaces = [...workPlaces, ...accountPlaces];
const furtherPlaces = [
  { to: '/pipelines/new', label: 'starter.title', icon: IconBuilding, least: 'editor' },
  { to: '/profile', label: 'nav.profile', icon: IconUser },
  { to: '/account', label: 'accountPage.title', icon: IconBuilding },
] as const;

/** What is there for somebody who belongs to no account. */
const needsNoAccount: ReadonlySet<string> = new Set(['/', '/profile']);

export type Place = (typeof ownPlaces)[number] | (typeof operatorPlaces)[number] | (typeof furtherPlaces)[number];

/** Pages of the account; those where the role has nothing to do are left out, and the server refuses in any case. */
export function placesOf(me: Me): readonly Place[] {
  return ownPlaces.filter((place) => isFor(me, place));
}

/** Pages of those who run the installation. */
export function staffPlacesOf(me: Me): readonly Place[] {
  return operatorPlaces.filter(
    (place) => me.staff === 'operator' || (me.staff === 'support' && 'isForSupport' in place),
  );
}

/** Pages that stand in no menu of the frame. */
export function furtherPlacesOf(me: Me): readonly Place[] {
  return furtherPlaces.filter((place) => isFor(me, place));
}

function isFor(me: Me, place: Place): boolean {
  if (me.account === null) return needsNoAccount.has(place.to);
  if ('isForPartners' in place && me.account?.as === 'partner') return true;
  return !('least' in place) || reaches(me.account?.role, place.least);
}
