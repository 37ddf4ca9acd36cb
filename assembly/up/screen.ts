import { ProgressBar } from '../../cli/progress.js';

type Terminal = { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };

/** What a person sees while the product runs in a terminal. */
export class Screen {
  readonly progress: ProgressBar;

  constructor(readonly terminal: Terminal) {
    this.progress = new ProgressBar(terminal);
  }

  line(text: string): void {
    this.progress.clear();
    this.terminal.write(`${text}\n`);
  }

  /** `isOwned`: somebody has taken the first account over. */
  welcome(address: string, dataFolder: string, logPath: string, isOwned: boolean): void {
    this.line(`
Try next, in another terminal:
${isOwned ? '' : '  npx pipewright owner you@example.com          make yourself the owner of this account\n'}  npx pipewright status                         all pipelines
  npx pipewright dead-letters list              the records that were refused, and why
  npx pipewright view v_record_map | head       which record went where
  npx pipewright preview definitions/examples/crm-migration.yaml --connection old=crm --connection new=copy
  npx pipewright --help                         everything else

API reference: ${address}/api/v1/openapi.json (key in ${dataFolder}/api-key)
Log: ${logPath}
Stop with Ctrl-C; everything goes on from where it was at the next start.`);
  }
}
