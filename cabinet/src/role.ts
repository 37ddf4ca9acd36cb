import { useMe } from './me.js';

export const roles = ['viewer', 'editor', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** Whether somebody of the role `own` may do what takes the role `least`; the server decides in any case. */
export function reaches(own: string | null | undefined, least: Role): boolean {
  const reached: readonly string[] = roles.slice(roles.indexOf(least));
  return own != null && reached.includes(own);
}

/** Whether the person has at least this role in the account that the page shows; visitors and partners have none. */
export function useMay(least: Role): boolean {
  const me = useMe();
  return me.data?.account?.as === 'person' && reaches(me.data.account.role, least);
}
