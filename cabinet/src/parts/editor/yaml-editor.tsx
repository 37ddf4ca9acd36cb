import './yaml-editor.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { EditorProps } from './editor.js';
import { addLiveHelp } from './live-help.js';
import { monaco } from './monaco.js';

type Editor = ReturnType<typeof monaco.editor.create>;

/** The text of a definition with what the schema, the account and the check say of it. */
export default function YamlEditor(props: EditorProps) {
  const { label, value, problems = [], isReadOnly = false, describedBy, handle, height = '36rem', help } = props;
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const isOurs = useRef(false);
  /** Texts that were typed and have not come back yet: the page may be some keys behind. */
  const sent = useRef(new Set<string>());
  const latest = useRef(props);
  latest.current = props;
  const theme = useComputedColorScheme('light') === 'dark' ? 'pipewright-dark' : 'pipewright-light';

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; what changes is given to it below
  useEffect(() => {
    if (box.current === null) return;
    const uri = monaco.Uri.parse(`inmemory://pipewright/${crypto.randomUUID()}.yaml`);
    const model = monaco.editor.createModel(latest.current.value, 'yaml', uri);
    const made = monaco.editor.create(box.current, {
      ...options,
      model,
      ariaLabel: label,
      readOnly: isReadOnly,
      theme,
    });
    editor.current = made;
    made.onDidChangeModelContent(() => {
      if (isOurs.current) return;
      const typed = model.getValue();
      sent.current.add(typed);
      latest.current.change?.(typed);
    });
    const { KeyCode, KeyMod } = monaco;
    // One history for all views of the text: the editor's own is not asked.
    made.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => latest.current.undo?.());
    made.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => latest.current.redo?.());
    made.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, () => latest.current.redo?.());
    made.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => latest.current.save?.());
    const live = help === undefined ? null : addLiveHelp(model, () => latest.current.help ?? help);
    return () => {
      live?.dispose();
      made.dispose();
      model.dispose();
      editor.current = null;
    };
  }, []);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model == null) return;
    const isSent = sent.current.has(value);
    const isSame = model.getValue() === value;
    if (isSame) sent.current.clear();
    if (isSame || isSent) return;
    isOurs.current = true;
    model.applyEdits([difference(model, value)]);
    isOurs.current = false;
  }, [value]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model == null) return;
    const markers = problems.map(({ line, column, message, hint, severity, code }) => {
      const row = Math.min(line, model.getLineCount());
      const word = model.getWordAtPosition({ lineNumber: row, column });
      return {
        startLineNumber: row,
        startColumn: column,
        endLineNumber: row,
        endColumn: word?.endColumn ?? Math.max(column + 1, model.getLineMaxColumn(row)),
        message: `${message}\n${hint}`,
        code,
        severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      };
    });
    monaco.editor.setModelMarkers(model, 'pipewright', markers);
  }, [problems]);

  useEffect(() => monaco.editor.setTheme(theme), [theme]);
  useEffect(() => editor.current?.updateOptions({ readOnly: isReadOnly }), [isReadOnly]);

  useImperativeHandle(handle, () => ({
    goTo: (lineNumber, column) => {
      editor.current?.setPosition({ lineNumber, column });
      editor.current?.revealPositionInCenterIfOutsideViewport({ lineNumber, column });
      editor.current?.focus();
      box.current?.scrollIntoView({ block: 'nearest' });
    },
    reveal: (lineNumber) => editor.current?.revealLineInCenterIfOutsideViewport(lineNumber),
  }));

  return <div className="yaml-editor" ref={box} style={{ height }} aria-describedby={describedBy} />;
}

const options = {
  automaticLayout: true,
  fontSize: 13,
  lineHeight: 20,
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: true },
  fixedOverflowWidgets: true,
  renderLineHighlight: 'line',
  stickyScroll: { enabled: false },
  unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false },
  accessibilitySupport: 'auto',
} as const;

/** The least edit that makes the model's text this one, so that the caret and the folds stay. */
function difference(model: NonNullable<ReturnType<Editor['getModel']>>, wanted: string) {
  const present = model.getValue();
  const most = Math.min(present.length, wanted.length);
  let start = 0;
  while (start < most && present[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < most - start && present[present.length - 1 - end] === wanted[wanted.length - 1 - end]) end += 1;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(present.length - end);
  const range = new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column);
  return { range, text: wanted.slice(start, wanted.length - end), forceMoveMarkers: true };
}
