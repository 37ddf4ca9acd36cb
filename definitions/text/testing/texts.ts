import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stableStringify } from '../../../core/json.js';
import { parseText } from '../tree.js';

const folder = join(import.meta.dirname, '../../examples');
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .filter((text) => text.length < 7_000);

const odd = `{ pipeline: odd, # in brackets
  connections: { a: { connector: http }, # one
    b: { connector: http } },
  flows: {
    one: { from: { stream: a.x }, map: { name: TITLE, # its name
        other: B }, to: { stream: b.y } }, # behind
    two: { from: { stream: a.z }, to: { stream: b.z } }
  } }
`;
const wide = `pipeline:   wide
connections:
      a:
            connector:   http   # the old one
flows:
      one:   # first
         # the source
         from:
            stream:   a.x   # read


         steps:
         - where: "record.A == '# no comment'"   # yes
         # between

         -  set:
               one: record.B
         map:
            # fields
            name: TITLE
            note:
              value: |
                # no comment
                text
            # the last
         to:
         - name: main   # main
           stream: a.y
           map: { x: Y }   # short
         -
           name: other
           stream: a.z
      # behind all
`;
const bare = 'pipeline: bare\nconnections: {}\nflows: {}';

/** Texts to edit: the shorter examples, and such as people rarely write. */
export const texts: readonly string[] = [...examples, odd, wide, bare];

/** Comments and empty lines where a reader sees none of them. */
export function commented(text: string, places: readonly number[]): string {
  const before = stableStringify(parseText(text).tree?.value ?? null);
  return places.reduce((result, place, number) => {
    const lines = result.split('\n');
    const at = place % lines.length;
    const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? '';
    const changed = [...lines];
    if (place % 3 === 0) changed[at] = `${lines[at]}  # beside ${number}`;
    else if (place % 3 === 1) changed.splice(at, 0, `${indent}# above ${number}`);
    else changed.splice(at, 0, '');
    const now = changed.join('\n');
    const tree = parseText(now).tree;
    return tree !== null && stableStringify(tree.value) === before ? now : result;
  }, text);
}

/** What `commented` adds. */
export const commentMark = /# (?:beside|above) \d+/g;
