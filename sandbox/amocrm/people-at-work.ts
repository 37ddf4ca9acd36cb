import type { JsonObject } from '../kit/json.js';
import { makePerson } from '../kit/people.js';
import type { Random } from '../kit/random.js';

/** A person who works in the account. */
export interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly lang: string;
  readonly groupId: number;
  readonly isAdmin: boolean;
  readonly isActive: boolean;
  readonly roleId: number | null;
}

export interface UserGroup {
  readonly id: number;
  readonly name: string;
}

export const userGroups: readonly UserGroup[] = [
  { id: 0, name: 'Отдел продаж' },
  { id: 410_203, name: 'Dział wdrożeń' },
  { id: 410_207, name: 'Служба підтримки' },
];

export const roles: readonly { readonly id: number; readonly name: string }[] = [
  { id: 40_187, name: 'Менеджер' },
  { id: 40_191, name: 'Наблюдатель' },
];

export const taskTypes: readonly JsonObject[] = [
  { id: 1, name: 'Связаться', color: null, icon_id: null, code: 'FOLLOW_UP' },
  { id: 2, name: 'Встреча', color: null, icon_id: null, code: 'MEETING' },
  { id: 2_751_043, name: 'Отправить договор', color: '00bcd4', icon_id: 12, code: null },
];

/** Eight users: the first is the administrator who installed the integration, the last has left. */
export function makeUsers(random: Random): User[] {
  const first = 8_100_000 + random.int(0, 900_000);
  return Array.from({ length: 8 }, (_, index) => {
    const person = makePerson(random, index + 1);
    return {
      id: first + index * 6 + random.int(0, 5),
      name: `${person.firstName} ${person.lastName}`,
      // The same colleagues work at every vendor: owners are found by their e-mail.
      email: `user${index + 1}@sandbox.example.com`,
      lang: person.culture.code === 'en' ? 'en' : 'ru',
      groupId: userGroups[index % userGroups.length]?.id ?? 0,
      isAdmin: index < 2,
      isActive: index < 7,
      roleId: index < 2 ? null : (roles[index % roles.length]?.id ?? null),
    };
  });
}
