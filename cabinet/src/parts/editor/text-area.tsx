import './text-area.css';
import { type KeyboardEvent, useImperativeHandle, useMemo, useRef } from 'react';
import type { EditorProps } from './editor.js';

const lineHeight = 20;

/** Plain text with numbers of its lines: a text area, so that every browser, keyboard and screen reader knows it. */
export function TextArea(props: EditorProps) {
  const { label, value, isReadOnly = false, problems, describedBy, handle, height = '32rem', change, save } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const marks = useMemo(() => {
    const found = new Map<number, 'error' | 'warning'>();
    for (const { line, severity } of problems ?? []) if (found.get(line) !== 'error') found.set(line, severity);
    return found;
  }, [problems]);
  const lineCount = useMemo(() => value.split('\n').length, [value]);

  useImperativeHandle(handle, () => ({
    goTo: (line, column) => {
      const field = area.current;
      if (field === null) return;
      const offset = offsetOf(field.value, line, column);
      field.focus({ preventScroll: true });
      field.setSelectionRange(offset, offset);
      field.scrollTop = Math.max(0, (line - 5) * lineHeight);
      field.scrollIntoView({ block: 'nearest' });
    },
    reveal: (line) => {
      if (area.current !== null) area.current.scrollTop = Math.max(0, (line - 5) * lineHeight);
    },
  }));

  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 's' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save?.();
    }
    const isHistoryKey = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (isHistoryKey && event.key.toLowerCase() === 'z' && props.undo !== undefined) {
      event.preventDefault();
      if (event.shiftKey) props.redo?.();
      else props.undo();
    }
    if (isHistoryKey && event.key.toLowerCase() === 'y' && props.redo !== undefined) {
      event.preventDefault();
      props.redo();
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing && !isReadOnly) {
      event.preventDefault();
      // The only way to type into a text area that its undo knows of.
      document.execCommand('insertText', false, `\n${indentAt(event.currentTarget)}`);
    }
  };

  return (
    <div className="editor" style={{ height }}>
      <div className="editor-gutter" ref={gutter} aria-hidden>
        {Array.from({ length: lineCount }, (_, index) => index + 1).map((line) => (
          <div key={line} className={marks.has(line) ? `editor-${marks.get(line)}` : undefined}>
            {line}
          </div>
        ))}
      </div>
      <textarea
        ref={area}
        className="editor-text"
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        readOnly={isReadOnly}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => change?.(event.currentTarget.value)}
        onKeyDown={press}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let seen = 1; seen < line; seen++) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

/** A new line begins below the one before. */
function indentAt(field: HTMLTextAreaElement): string {
  const before = field.value.slice(0, field.selectionStart);
  return /^ */.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0] ?? '';
}
