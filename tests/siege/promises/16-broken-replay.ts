import { readFile } from 'node:fs/promises';
import { workflowTypes } from '../../../workflows/messages.js';
import { requestService } from '../../support/services.js';
import { recordedHistories, replay } from '../replay.js';
import { exactly, type Figure, type SiegePromise } from '../siege.js';

/** For each workflow a change that a history must not survive: in the bundle, as a careless release would have it. */
const changes: Readonly<Record<string, readonly [RegExp, string]>> = {
  [workflowTypes.run]: [/(\.)beginRun\)?\(/, '$1reportRun('],
  [workflowTypes.poll]: [/(\.)pollDue\)?\(/, '$1maintain('],
  [workflowTypes.drain]: [/(\.)openDrainRun\)?\(/, '$1openScheduledRun('],
  [workflowTypes.openScheduled]: [/(\.)openScheduledRun\)?\(/, '$1openDrainRun('],
  [workflowTypes.maintenance]: [/(\.)maintain\)?\(/, '$1pollDue('],
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
    for (const [type, [from, to]] of Object.entries(changes)) {
      const mine = histories.filter((history) => history.workflowType === type);
      const changed = code.replace(from, to);
      const failed = changed === code ? [] : await replay(mine, { code: changed });
      figures.push(exactly(`${type}: histories that fail`, failed.length, mine.length));
    }
    return figures;
  },
} satisfies SiegePromise;
