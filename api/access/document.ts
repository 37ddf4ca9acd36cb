import { routes } from '../routes/index.js';
import { accessOf } from './authorise.js';
import type { Access } from './table.js';

/** `docs/access.md`: the access table for people who read. */
export function renderAccess(): string {
  const rows = routes.map((spec) => {
    const access = accessOf(spec.name);
    return `| \`${spec.method.toUpperCase()} ${spec.path}\` | ${members(access)} | ${access.key ?? '-'} | ${others(access)} | ${access.audit ?? '-'} |`;
  });
  return `# Who may do what

Made from \`api/access/table.ts\`; \`npm run check\` compares. Whatever stands in no row is refused. Roles (viewer, editor,
admin, owner) and scopes of API keys (read, run, write, admin) include the ones before them.

| Route | Least role of a member | Least scope of a key | Also | Line in the audit log |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function members(access: Access): string {
  return access.member ?? '-';
}

function others(access: Access): string {
  const names = [
    access.everyone === true && 'everyone',
    access.person === true && 'anybody signed in',
    access.support === true && 'support on a visit',
    access.partner === true && 'partners',
    access.staff !== undefined && (access.staff === 'support' ? 'support and operators' : 'operators'),
  ].filter((name) => name !== false);
  return names.length === 0 ? '-' : names.join(', ');
}
