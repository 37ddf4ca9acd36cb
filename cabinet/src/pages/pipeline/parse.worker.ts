import { parseText } from '../../../../definitions/text/tree.js';

// A long text takes longer to parse than a picture of the screen may: typing must not wait for it.
self.onmessage = ({ data }: MessageEvent<string>) => {
  self.postMessage(parseText(data).tree?.value ?? null);
};
