import { createAccessControl } from 'better-auth/plugins/access';

const statements = {
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
  team: ['create', 'update', 'delete'],
  ac: ['create', 'read', 'update', 'delete'],
} as const;

/**
 * The library's own idea of who may change the circle of members. It stands behind the access table, which has the
 * last word on every route; editors and viewers change nobody.
 */
export const organizationRights = createAccessControl(statements);

export const memberRoles = {
  owner: organizationRights.newRole({
    organization: ['update', 'delete'],
    member: ['create', 'update', 'delete'],
    invitation: ['create', 'cancel'],
  }),
  admin: organizationRights.newRole({
    organization: ['update'],
    member: ['create', 'update', 'delete'],
    invitation: ['create', 'cancel'],
  }),
  editor: organizationRights.newRole({ organization: [] }),
  viewer: organizationRights.newRole({ organization: [] }),
};
