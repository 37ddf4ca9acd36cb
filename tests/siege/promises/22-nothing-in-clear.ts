import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { bytesOf, spellings } from '../canaries.js';
import { publishCopy, setSwitches, touch } from '../copy.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 22,
  title: 'Temporal’s store reveals nothing',
  required: '0 canaries in clear, failures and search attributes included',
  run: async (context) => {
    const servers = await context.startServers();
    const canary = (name: string): string => `Canary${name}${context.random.digits(12)}`;
    const canaries = {
      token: canary('Token'),
      name: canary('Name'),
      email: `${canary('Mail').toLowerCase()}@example.com`,
      position: canary('Position'),
      pipeline: canary('pipeline').toLowerCase(),
      connection: canary('connection').toLowerCase(),
      error: canary('Error'),
    };
    const [engine, source, target] = await Promise.all([
      context.startEngine({ servers }),
      context.startCrm({ seed: context.seed, records: { contacts: 50 }, token: canaries.token }),
      context.startCrm({ seed: context.seed + 1, token: canaries.token }),
    ]);
    const { name, email, position } = canaries;
    await touch(source, { count: 10, fields: { name, email, position } });
    const copy = await publishCopy(engine, source, target, {
      id: canaries.pipeline,
      read: 'incremental',
      targetService: restCrmDefinition({ repeat: 'upsert' }),
    });
    const good = await engine.until(await engine.open(copy.pipeline));
    // A refused record, whose reason holds its value; a run that fails; one that pauses for its token.
    await touch(source, { count: 3, fields: { name: canaries.error, email: `no address ${canaries.error}` } });
    await engine.until(await engine.open(copy.pipeline));
    await setSwitches(source, { clock_skew_ms: 3 * 86_400_000 });
    await touch(source, { count: 1, fields: { name } });
    await engine.until(await engine.open(copy.pipeline));

    const places: (readonly [string, Buffer])[] = [];
    for (const file of await readdir(servers.temporalFolder)) {
      if (/sqlite|log/.test(file)) places.push([file, await readFile(join(servers.temporalFolder, file))]);
    }
    let workflows = 0;
    for await (const workflow of engine.client.workflow.list()) {
      const handle = engine.client.workflow.getHandle(workflow.workflowId, workflow.runId);
      places.push([`history of ${workflow.workflowId}`, bytesOf([workflow, await handle.fetchHistory()])]);
      workflows += 1;
    }
    const leaks = places.flatMap(([place, bytes]) =>
      Object.entries(canaries).flatMap(([what, value]) =>
        spellings(value)
          .filter(([, spelled]) => bytes.includes(spelled))
          .map(([how]) => `${what} ${how} in ${place}`),
      ),
    );
    const known = engine.client.options.namespace;
    return [
      // What is not secret stands there, so this search would have found a secret too.
      atLeast('places where the namespace is seen', places.filter(([, bytes]) => bytes.includes(known)).length, 1),
      exactly('state of the good run', good.state, 'done'),
      atLeast('histories searched', workflows, 3),
      atLeast(
        'bytes searched',
        places.reduce((sum, [, bytes]) => sum + bytes.length, 0),
        100_000,
      ),
      nothing('canaries found', leaks),
    ];
  },
} satisfies SiegePromise;
