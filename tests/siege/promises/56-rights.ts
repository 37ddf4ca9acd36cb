import { randomUUID } from 'node:crypto';
import { accessOf } from '../../../api/access/authorise.js';
import type { Access } from '../../../api/access/table.js';
import type { Route } from '../../../api/http/route.js';
import { routes } from '../../../api/routes/index.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask, type CastMember, inLanes, makeCast, type Part } from '../../support/cast.js';
import { atLeast, nothing, type SiegePromise } from '../siege.js';

const extra = 'unexpected_member';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'];

/** What the table says, worked out here once more, apart from the product's own code. */
export default {
  number: 56,
  title: 'Rights are one table',
  required: 'every cell route x caller as written; 0 extra fields taken; unknown methods 404',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const cast = await makeCast(api, engine.accountId);
    const cells = routes.flatMap((spec) => cast.map((member) => ({ spec, member })));
    const wrong = (await inLanes(cells, 8, (cell) => judge(api, cell.spec, cell.member))).filter(
      (text) => text !== null,
    );
    return [
      atLeast('cells', cells.length, routes.length * 19),
      nothing('cells that are not as written', wrong),
      nothing('shapes that take unknown members', openShapes()),
      nothing('examples that are taken with an unknown member', await withExtras(api, cast)),
      nothing('methods that no route has', await otherMethods(api)),
    ];
  },
} satisfies SiegePromise;

/** A request that is refused for its shape at the earliest after the rights were looked at: nothing is ever done. */
async function judge(api: TestApi, spec: Route, { name, part, headers }: CastMember): Promise<string | null> {
  const isGet = spec.method === 'get';
  const path = `/api/v1${pathOf(spec)}${isGet ? `?${extra}=1` : ''}`;
  const body = isGet ? undefined : JSON.stringify({ [extra]: 1 });
  const { status } = await ask(api.address, spec.method.toUpperCase(), path, headers, body);
  const wanted = statusFor(part, accessOf(spec.name));
  return status === wanted ? null : `${name}: ${spec.method} ${spec.path} is ${status}, not ${wanted}`;
}

const scopes = ['read', 'run', 'write', 'admin'];
const roles = ['viewer', 'editor', 'admin', 'owner'];

function statusFor(part: Part, access: Access): number {
  if (part.is === 'outsider') return part.status;
  if (mayUse(part, access)) return 400;
  return part.is === 'visitor' ? 401 : 403;
}

function mayUse(part: Exclude<Part, { is: 'outsider' }>, access: Access): boolean {
  if (access.everyone === true) return true;
  switch (part.is) {
    case 'visitor':
      return false;
    case 'key':
      return access.key !== undefined && scopes.indexOf(part.scope) >= scopes.indexOf(access.key);
    case 'member':
      return (
        access.person === true ||
        (access.member !== undefined && roles.indexOf(part.role) >= roles.indexOf(access.member))
      );
    case 'staff':
      return (
        access.person === true ||
        access.staff === 'support' ||
        (access.staff === 'operator' && part.role === 'operator')
      );
    case 'support visit':
      return access.support === true;
    case 'partner':
      return access.partner === true;
  }
}

/** Parameters of the right shape that name nothing. */
function pathOf(spec: Route): string {
  return spec.path.replace(/\{(\w+)\}/g, () => randomUUID());
}

function openShapes(): string[] {
  return routes.flatMap((spec) =>
    Object.entries({ params: spec.params, query: spec.query, body: spec.body })
      .filter(
        ([, schema]) =>
          schema !== undefined && (schema as { additionalProperties?: unknown }).additionalProperties !== false,
      )
      .map(([what]) => `${what} of ${spec.method} ${spec.path}`),
  );
}

/** The documented example with one member more is refused for that member, by whoever may use the route. */
async function withExtras(api: TestApi, cast: readonly CastMember[]): Promise<string[]> {
  const specs = routes.filter((spec) => spec.body !== undefined);
  const answers = await inLanes(specs, 4, async (spec) => {
    const member = cast.find(({ part }) => part.is !== 'outsider' && mayUse(part, accessOf(spec.name)));
    const body = JSON.stringify({ ...(spec.bodyExample as object | undefined), [extra]: 1 });
    const answer = await ask(api.address, spec.method.toUpperCase(), `/api/v1${pathOf(spec)}`, member?.headers, body);
    const isRefused = answer.status === 400 && (answer.text.includes(extra) || answer.text.includes('The path'));
    return isRefused ? null : `${spec.method} ${spec.path}: ${answer.status} ${answer.text.slice(0, 200)}`;
  });
  return answers.filter((text) => text !== null);
}

async function otherMethods(api: TestApi): Promise<string[]> {
  const paths = [...new Set(routes.map((spec) => spec.path))];
  const cells = paths.flatMap((path) =>
    methods
      .filter((method) => !routes.some((spec) => fits(spec, path) && spec.method.toUpperCase() === method))
      .map((method) => ({ path, method })),
  );
  const answers = await inLanes(cells, 8, async ({ path, method }) => {
    const filled = `/api/v1${path.replace(/\{\w+\}/g, () => randomUUID())}`;
    const { status } = await ask(api.address, method, filled, { authorization: `Bearer ${api.key}` });
    return status === 405 ? null : `${method} ${path}: ${status}`;
  });
  return answers.filter((text) => text !== null);
}

/** `/a/b` is also a path of `/a/{id}`. */
function fits(spec: Route, path: string): boolean {
  return new RegExp(`^${spec.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
}
