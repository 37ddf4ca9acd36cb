import './style-nonce.js';
import 'monaco-editor/esm/vs/basic-languages/yaml/yaml.contribution';
import 'monaco-editor/esm/vs/editor/contrib/bracketMatching/browser/bracketMatching';
import 'monaco-editor/esm/vs/editor/contrib/clipboard/browser/clipboard';
import 'monaco-editor/esm/vs/editor/contrib/comment/browser/comment';
import 'monaco-editor/esm/vs/editor/contrib/contextmenu/browser/contextmenu';
import 'monaco-editor/esm/vs/editor/contrib/find/browser/findController';
import 'monaco-editor/esm/vs/editor/contrib/folding/browser/folding';
import 'monaco-editor/esm/vs/editor/contrib/gotoError/browser/gotoError';
import 'monaco-editor/esm/vs/editor/contrib/hover/browser/hoverContribution';
import 'monaco-editor/esm/vs/editor/contrib/linesOperations/browser/linesOperations';
import 'monaco-editor/esm/vs/editor/contrib/multicursor/browser/multicursor';
import 'monaco-editor/esm/vs/editor/contrib/snippet/browser/snippetController2';
import 'monaco-editor/esm/vs/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/esm/vs/editor/contrib/toggleTabFocusMode/browser/toggleTabFocusMode';
import 'monaco-editor/esm/vs/editor/contrib/wordOperations/browser/wordOperations';
import * as monaco from 'monaco-editor/esm/vs/editor/editor.api';
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker?worker';
import { configureMonacoYaml, type JSONSchema } from 'monaco-yaml';
import written from '../../../../docs/pipeline.schema.json';
import type { OfferSchema } from './schema-offers.js';
import YamlWorker from './yaml.worker?worker';

// Workers are files of our own; the policy of the pages lets nothing else run.
self.MonacoEnvironment = {
  getWorker: (_module: string, label: string) => (label === 'yaml' ? new YamlWorker() : new EditorWorker()),
};

// Hovers leave out what looks like a tag of a page.
const readable: JSONSchema & OfferSchema = JSON.parse(JSON.stringify(written).replace(/<(\w+)>/g, '{$1}'));

// What is wrong is told by our own check, and what may be written by our own completion: both know more than the schema.
configureMonacoYaml(monaco, {
  enableSchemaRequest: false,
  validate: false,
  format: { enable: false },
  completion: false,
  hover: true,
  schemas: [{ uri: 'inmemory://pipewright/pipeline.schema.json', fileMatch: ['**/*.yaml'], schema: readable }],
});

monaco.editor.defineTheme('pipewright-light', {
  base: 'vs',
  inherit: true,
  rules: [
    { token: 'comment', foreground: '4f6b4f' },
    { token: 'type', foreground: '0b5a72' },
  ],
  colors: { 'editor.background': '#ffffff', 'editorLineNumber.foreground': '#5a6169' },
});
monaco.editor.defineTheme('pipewright-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [
    { token: 'comment', foreground: '9cbf9c' },
    { token: 'type', foreground: '66d9e8' },
  ],
  colors: { 'editor.background': '#242424', 'editorLineNumber.foreground': '#a9abb0' },
});

export { monaco, readable as schema };
