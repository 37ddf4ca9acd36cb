import { loadEditor, smallScreen } from '../../parts/editor/load-editor.js';
import { queries } from '../../queries.js';
import { loadCanvas } from './canvas/load-canvas.js';
import { readAhead } from './draft.js';
import { pipelineQuery } from './pipeline-view.js';

/** What the page of a pipeline needs, asked for while the page itself is loaded: nothing waits for another. */
export function openAhead(id: string, page: Promise<unknown>): void {
  void queries.prefetchQuery(pipelineQuery(id));
  readAhead(id);
  // The page's own files come first on a narrow line.
  void page.then(loadCanvas).catch(() => null);
  if (!window.matchMedia(smallScreen).matches) void page.then(loadEditor).catch(() => null);
}
