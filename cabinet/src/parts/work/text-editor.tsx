import './text-editor.css';
import { type KeyboardEvent, type Ref, useImperativeHandle, useMemo, useRef } from 'react';

/** What others ask of an editor. */
export interface EditorHandle {
  /** Puts the caret there, both counted from 1, and shows the place. */
  goTo(line: number, column: number): void;
}

interface TextEditorProps {
  readonly label: string;
  readonly value: string;
  readonly isReadOnly?: boolean;
  /** Lines with something wrong, counted from 1. */
  readonly marks?: ReadonlyMap<number, 'error' | 'warning'>;
  /** Id of the text that tells more about the content. */
  readonly describedBy?: string;
  readonly handle?: Ref<EditorHandle>;
  readonly height?: string;
  change?(value: string): void;
  save?(): void;
}

const lineHeight = 20;

/** Plain text with numbers of its lines: a text area, so that every browser, keyboard and screen reader knows it. */
export function TextEditor(props: TextEditorProps) {
  const { label, value, isReadOnly = false, marks, describedBy, handle, height = '32rem', change, save } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
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
  }));

  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 's' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save?.();
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
          <div key={line} className={marks?.has(line) ? `editor-${marks.get(line)}` : undefined}>
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
