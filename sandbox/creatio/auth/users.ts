import type { Random } from '../../kit/random.js';
import { namedGuid } from '../guid.js';
import { SUPERVISOR_CONTACT } from '../store.js';

/** Someone who may sign in. */
export interface CreatioUser {
  readonly name: string;
  readonly password: string;
  /** The row in SysAdminUnit. */
  readonly id: string;
  /** The contact that stands in CreatedBy, ModifiedBy and Owner. */
  readonly contactId: string;
  readonly fullName: string;
  /** The same colleagues work at every vendor: owners are found by their e-mail. */
  readonly email: string;
}

const PEOPLE: readonly (readonly [string, string])[] = [
  ['Supervisor', 'Supervisor'],
  ['integration', 'Integration Robot'],
  ['limited', 'Ограниченный Пользователь'],
  ['o.kovalenko', 'Коваленко Олена'],
  ['l.wisniewska', 'Wiśniewska Łucja'],
  ['s.taranu', 'Țăranu Ștefan'],
  ['f.ivanov', 'Иванов Фёдор'],
];

/** The users of an installation; passwords follow from the seed. */
export function makeUsers(random: Random): readonly CreatioUser[] {
  const secrets = random.fork('passwords');
  return PEOPLE.map(([name, fullName], index) => ({
    name,
    fullName,
    email: `user${index + 1}@sandbox.example.com`,
    password: `Pw-${secrets.hex(16)}!`,
    id: index === 0 ? '7f3b869f-34f3-4f20-ab4d-7480a5fdf647' : namedGuid(`user/${random.seed}/${name}`),
    contactId: index === 0 ? SUPERVISOR_CONTACT : namedGuid(`user-contact/${random.seed}/${name}`),
  }));
}
