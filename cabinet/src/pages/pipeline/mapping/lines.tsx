import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';

export interface Line {
  readonly source: string;
  readonly target: string;
  readonly kind: 'mapped' | 'suggested' | 'chosen';
}

interface Drawn extends Line {
  readonly path: string;
  /** True where one of its ends is scrolled out of sight. */
  readonly isFaint: boolean;
}

interface LinesProps {
  readonly lines: readonly Line[];
  readonly board: RefObject<HTMLDivElement | null>;
  readonly sources: RefObject<HTMLUListElement | null>;
  readonly targets: RefObject<HTMLUListElement | null>;
}

const margin = 8;

/** Lines between the rows of two lists; they follow when either is scrolled or the page changes its size. */
export function Lines({ lines, board, sources, targets }: LinesProps) {
  const [drawn, setDrawn] = useState<readonly Drawn[]>([]);
  const measure = useCallback(() => {
    const [frame, left, right] = [board.current, sources.current, targets.current];
    if (frame === null || left === null || right === null) return;
    const origin = frame.getBoundingClientRect();
    const from = { box: left.getBoundingClientRect(), rows: rowsOf(left) };
    const to = { box: right.getBoundingClientRect(), rows: rowsOf(right) };
    const next = lines.flatMap((line): Drawn[] => {
      const [start, end] = [nearestRow(from.rows, line.source), to.rows.get(line.target)];
      if (start === undefined || end === undefined) return [];
      const a = middleOf(start, from.box);
      const b = middleOf(end, to.box);
      const [x1, x2] = [from.box.right - origin.left, to.box.left - origin.left];
      const [y1, y2] = [a.y - origin.top, b.y - origin.top];
      const half = (x1 + x2) / 2;
      const path = `M${round(x1)} ${round(y1)} C${round(half)} ${round(y1)} ${round(half)} ${round(y2)} ${round(x2)} ${round(y2)}`;
      return [{ ...line, path, isFaint: a.isOut || b.isOut }];
    });
    setDrawn((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  }, [lines, board, sources, targets]);

  useLayoutEffect(measure);
  useEffect(() => {
    let frame = 0;
    const later = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    const lists = [sources.current, targets.current];
    for (const list of lists) list?.addEventListener('scroll', later, { passive: true });
    const sizes = new ResizeObserver(later);
    for (const each of [board.current, ...lists]) if (each !== null) sizes.observe(each);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      for (const list of lists) list?.removeEventListener('scroll', later);
    };
  }, [measure, board, sources, targets]);

  return (
    <svg className="mapping-lines" aria-hidden="true">
      {drawn.map(({ source, target, kind, path, isFaint }) => (
        <path
          key={`${source} ${target} ${kind}`}
          d={path}
          className={`mapping-line mapping-line-${kind}${isFaint ? ' mapping-line-faint' : ''}`}
          data-source={source}
          data-target={target}
        />
      ))}
    </svg>
  );
}

function rowsOf(list: HTMLUListElement): Map<string, DOMRect> {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-path]')];
  return new Map(rows.map((row) => [row.dataset.path ?? '', row.getBoundingClientRect()]));
}

/** The row of a path, else of what it lies in: `phones[1].value` belongs to `phones`. */
function nearestRow(rows: ReadonlyMap<string, DOMRect>, path: string): DOMRect | undefined {
  for (let part = path; part !== ''; part = part.replace(/(\.[^.[]*|\[[^\]]*\]|^[^.[]*)$/, '')) {
    const row = rows.get(part);
    if (row !== undefined) return row;
  }
  return undefined;
}

function middleOf(row: DOMRect, list: DOMRect): { readonly y: number; readonly isOut: boolean } {
  const y = row.top + row.height / 2;
  const inside = Math.min(Math.max(y, list.top + margin), list.bottom - margin);
  return { y: inside, isOut: inside !== y };
}

const round = (value: number): number => Math.round(value * 10) / 10;
