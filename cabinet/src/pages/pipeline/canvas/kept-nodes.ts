import type { PartNode } from './part-node.js';

/**
 * The nodes that are wanted, each as the object of before where nothing of it has changed: that one is not drawn again.
 * What was measured of a node stays with it.
 */
export function keptNodes(before: readonly PartNode[], wanted: readonly PartNode[]): PartNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return wanted.map((node) => {
    const former = known.get(node.id);
    return former !== undefined && isSame(former, node) ? former : { ...former, ...node };
  });
}

function isSame(a: PartNode, b: PartNode): boolean {
  const isSameData = dataNames.every((name) => a.data[name] === b.data[name]);
  const isSameBox =
    a.position.x === b.position.x && a.position.y === b.position.y && a.width === b.width && a.height === b.height;
  return isSameData && isSameBox && a.draggable === b.draggable && a.ariaLabel === b.ariaLabel;
}

const dataNames = ['part', 'title', 'detail', 'isChosen', 'errors', 'warnings'] as const;
