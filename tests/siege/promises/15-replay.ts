import { workflowTypes } from '../../../workflows/messages.js';
import { requestService } from '../../support/services.js';
import { recordedHistories, replay } from '../replay.js';
import { exactly, nothing, type SiegePromise, within } from '../siege.js';

export default {
  number: 15,
  title: 'Old histories replay',
  required: '100 %, 0 determinism failures, <= 60 s; >= 3 for each workflow type',
  run: async () => {
    const histories = await recordedHistories();
    const { path } = await requestService('workflow-bundle');
    const startedMs = performance.now();
    const failed = await replay(histories, { codePath: path });
    const few = Object.values(workflowTypes).filter(
      (type) => histories.filter((history) => history.workflowType === type).length < 3,
    );
    return [
      nothing(`failures of ${histories.length} histories`, failed),
      nothing('workflow types with fewer than 3', few),
      exactly('histories of unknown types', histories.filter(({ workflowType }) => !isKnown(workflowType)).length, 0),
      within('time', performance.now() - startedMs, 60_000),
    ];
  },
} satisfies SiegePromise;

function isKnown(type: string): boolean {
  return (Object.values(workflowTypes) as string[]).includes(type);
}
