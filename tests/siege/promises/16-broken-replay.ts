import { readFile } from 'node:fs/promises';
import { workflowTypes } from '../../../workflows/messages.js';
import { requestService } from '../../support/services.js';
import { recordedHistories, replay } from '../replay.js';
import { exactly, type Figure, type SiegePromise } from '../siege.js';

/** For each workflow a change that a history must not survive: in the bundle, as a careless release would have it. */
const changes: Readonly<Record<string, readonly [called: string, instead: string]>> = {
  [workflowTypes.run]: ['beginRun', 'reportRun'],
  [workflowTypes.poll]: ['pollDue', 'maintain'],
  [workflowTypes.drain]: ['openDrainRun', 'openScheduledRun'],
  [workflowTypes.openScheduled]: ['openScheduledRun', 'openDrainRun'],
  [workflowTypes.maintenance]: ['maintain', 'pollDue'],
};

export default {
  number: 16,
  title: 'A change that breaks replay turns CI red',
  required: '100 % of deliberate changes are caught',
  run: async () => {
    const histories = await recordedHistories();
    const { path } = await requestService('workflow-bundle');
    const code = await readFile(path, 'utf8');
    const figures: Figure[] = [];
    for (const [type, [called, instead]] of Object.entries(changes)) {
      const mine = histories.filter((history) => history.workflowType === type);
      const changed = code.replace(new RegExp(`\\.${called}(\\)?\\()`), `.${instead}$1`);
      const failed = changed === code ? [] : await replay(mine, { code: changed });
      figures.push(exactly(`${type}: histories that fail`, failed.length, mine.length));
    }
    return figures;
  },
} satisfies SiegePromise;
