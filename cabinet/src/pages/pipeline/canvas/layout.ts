import type { Graph, Part } from './parts.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Positions = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

export const partSize = { width: 156, height: 56 } as const;
const gap = { x: 24, y: 24 } as const;
const frame = { top: 40, side: 16, bottom: 16 } as const;
const column = partSize.width + 54;

/**
 * Boxes of all parts: connections that are read at the left, flows under each other with their parts in a row, and
 * connections that are written at the right (`written:<slot>`). Parts inside a flow are placed from its corner. What
 * somebody moved stands where it was put.
 */
export function placed(graph: Graph, moved: Positions): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  const put = (id: string, x: number, y: number, size: Pick<Box, 'width' | 'height'> = partSize): void => {
    boxes.set(id, { ...size, x, y, ...moved[id] });
  };
  const rowHeight = partSize.height + gap.y;
  put('trigger', 0, 0);
  put('errors', 0, rowHeight);
  const { read, written } = slotsOf(graph);
  read.forEach((slot, index) => {
    put(`slot:${slot}`, 0, (index + 2) * rowHeight + 20);
  });
  let y = 0;
  let widest = 0;
  for (const flow of graph.parts.filter(({ kind }) => kind === 'flow')) {
    const inside = graph.parts.filter((part) => part.flow === flow.flow && part !== flow);
    const steps = inside.filter(({ kind }) => kind === 'step').length;
    const rows = Math.max(1, inside.filter(({ kind }) => kind === 'target').length);
    const columns = steps + 3;
    const size = {
      width: frame.side * 2 + columns * partSize.width + (columns - 1) * gap.x,
      height: frame.top + frame.bottom + rows * partSize.height + (rows - 1) * gap.y,
    };
    put(flow.id, column, y, size);
    for (const part of inside) {
      const at = columnOf(part, steps);
      const row = part.kind === 'map' || part.kind === 'target' ? part.index : 0;
      boxes.set(part.id, {
        ...partSize,
        x: frame.side + at * (partSize.width + gap.x),
        y: frame.top + row * rowHeight,
      });
    }
    y += size.height + gap.y + 18;
    widest = Math.max(widest, size.width);
  }
  written.forEach((slot, index) => {
    put(`written:${slot}`, column + widest + 54, index * rowHeight);
  });
  return boxes;
}

function columnOf(part: Part, steps: number): number {
  if (part.kind === 'source') return 0;
  if (part.kind === 'step') return 1 + part.index;
  return part.kind === 'map' ? steps + 1 : steps + 2;
}

/** Slots by what is done with them; one that nobody uses yet stands with those that are read. */
export function slotsOf(graph: Graph): { readonly read: readonly string[]; readonly written: readonly string[] } {
  const slots = graph.parts.filter(({ kind }) => kind === 'slot').map(({ name }) => name);
  const usedBy = (kind: Part['kind']): ReadonlySet<string> =>
    new Set(graph.parts.filter((part) => part.kind === kind).map(({ detail }) => slotOf(detail)));
  const [sources, targets] = [usedBy('source'), usedBy('target')];
  return {
    read: slots.filter((slot) => sources.has(slot) || !targets.has(slot)),
    written: slots.filter((slot) => targets.has(slot)),
  };
}

/** The slot of `slot.stream`. */
export function slotOf(stream: string): string {
  return stream.split('.')[0] ?? '';
}
