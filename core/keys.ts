/** Which target of a flow and which piece of a `split` a change belongs to; '' where a flow has one of each. */
export function partOf(target: string, piece: string): string {
  return piece === '' ? target : `${target}/${piece}`;
}

/** What the record key is a hash of (D2): stable over versions, runs, retries and resets. */
export function recordKeyText(pipelineUid: string, flow: string, sourceKey: string, part: string): string {
  return `${pipelineUid}\u0000${flow}\u0000${sourceKey}\u0000${part}`;
}
