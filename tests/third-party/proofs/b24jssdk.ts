import { startBitrix24 } from '../../../sandbox/bitrix24/sandbox.js';
import { atLeast, exactly } from '../../siege/siege.js';
import { type ClientProof, countOf, recordOf, recordsOf, same } from '../proof.js';
import { runNode } from '../run-client.js';

export const b24jssdk: ClientProof = {
  client: '@bitrix24/b24jssdk 2.2.0',
  async prove() {
    const portal = await startBitrix24({ records: 230, tls: true, settings: { bucket_size: 25, bucket_drain: 20 } });
    try {
      const ids = async (stream: string) =>
        (await recordsOf(portal, stream)).map(({ id }) => Number(id)).sort((one, other) => one - other);
      const [deals, companies] = [await ids('deals'), await ids('companies')];
      const seen = await runNode('b24jssdk', portal);
      const requests = portal.kit.requests.list();
      return [
        same('deals read', seen.deals, deals),
        same('companies read', seen.companies, companies),
        same('title read back', seen.title, 'Changed by the SDK'),
        same('title kept', (await recordOf(portal, 'leads', seen.made)).title, 'Changed by the SDK'),
        same('the deleted one', (await recordOf(portal, 'leads', seen.gone)).id ?? null, null),
        exactly('leads in the log', countOf(portal.log, 'create', 'leads'), 2),
        same('refusals in the batch', seen.errors, 1),
        same('task by REST 3.0', seen.task, true),
        exactly('tasks in the log', countOf(portal.log, 'create', 'tasks'), 1),
        same('answers in spite of the bucket', seen.answers, 36),
        // On a busy machine the client may be too slow to fill it.
        {
          ...atLeast('refusals of the bucket', requests.filter(({ status }) => status === 503).length, 1),
          isTimed: true,
        },
        same('a missing deal', seen.refused, true),
      ];
    } finally {
      await portal.stop();
    }
  },
};
