import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, type Ref, Suspense } from 'react';
import type { Help } from './live-help.js';
import { loadEditor, smallScreen } from './load-editor.js';
import { TextArea } from './text-area.js';

/** What others ask of an editor. */
export interface EditorHandle {
  /** Puts the caret there, both counted from 1, and shows the place. */
  goTo(line: number, column: number): void;
  /** Shows a line without going there. */
  reveal(line: number): void;
}

export interface EditorProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
  readonly code: string;
  readonly severity: 'error' | 'warning';
}

export interface EditorProps {
  readonly label: string;
  readonly value: string;
  readonly problems?: readonly EditorProblem[];
  readonly isReadOnly?: boolean;
  /** Id of the text that tells more about the content. */
  readonly describedBy?: string;
  readonly handle?: Ref<EditorHandle>;
  readonly height?: string;
  readonly help?: Help;
  change?(value: string): void;
  save?(): void;
  undo?(): void;
  redo?(): void;
}

const YamlEditor = lazy(loadEditor);

/** The text of a definition. On a phone it is a plain text area, which its keyboard and its helpers know. */
export function Editor(props: EditorProps) {
  const isSmall = useMediaQuery(smallScreen, undefined, { getInitialValueInEffect: false });
  if (isSmall) return <TextArea {...props} />;
  return (
    <Suspense fallback={<Skeleton height={props.height ?? '36rem'} />}>
      <YamlEditor {...props} />
    </Suspense>
  );
}
