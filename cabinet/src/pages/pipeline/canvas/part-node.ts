import type { Node } from '@xyflow/react';
import type { Part } from './parts.js';
import type { Words } from './words.js';

export interface PartData extends Words, Record<string, unknown> {
  readonly part: Part;
  readonly isChosen: boolean;
  readonly errors: number;
  readonly warnings: number;
}

export type PartNode = Node<PartData, 'part' | 'frame'>;
