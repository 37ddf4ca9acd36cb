import type { LiveSource } from './live-source.js';
import { monaco, schema } from './monaco.js';
import { type Known, type Offer, offersAt } from './offers.js';
import { schemaOffersAt } from './schema-offers.js';
import { placeAt } from './text-place.js';

/** What the account knows, and what the text says of itself. */
export interface Help {
  readonly live: LiveSource;
  known(): Known;
}

type Model = ReturnType<typeof monaco.editor.createModel>;

/** Completion out of the grammar and the live account; hover out of the account, beside that of the schema. */
export function addLiveHelp(model: Model, help: () => Help): { dispose(): void } {
  const kinds = monaco.languages.CompletionItemKind;
  const icons: Readonly<Record<Offer['kind'], number>> = {
    field: kinds.Field,
    stream: kinds.Struct,
    slot: kinds.Module,
    flow: kinds.Reference,
    table: kinds.Enum,
    connector: kinds.Class,
  };
  const completion = monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: ['.', ' ', '"'],
    provideCompletionItems: async (asked, position) => {
      if (asked !== model) return { suggestions: [] };
      const place = placeAt(asked.getLinesContent(), position.lineNumber - 1, position.column - 1);
      const offers = await offersAt(place, help().known(), help().live);
      const tail = /[\w$-]*$/.exec(place.word)?.[0].length ?? 0;
      const isInExpression = offers[0]?.kind === 'field' && place.word.includes('record.');
      const start = isInExpression ? position.column - tail : place.start + 1;
      const range = new monaco.Range(position.lineNumber, start, position.lineNumber, position.column);
      const ofAccount = offers.map(({ name, detail, kind }, index) => ({
        label: { label: name, description: detail },
        kind: icons[kind],
        insertText: place.isKey ? `${quoted(name, false)}: ` : quoted(name, place.isQuoted || isInExpression),
        filterText: `${name} ${detail}`,
        range,
        // Before what the grammar has, in the order of the account.
        sortText: `!${String(index).padStart(5, '0')}`,
        ...(kind === 'slot' && { command: { id: 'editor.action.triggerSuggest', title: '' } }),
      }));
      const ofGrammar = schemaOffersAt(schema, place).map(({ name, kind, title, description }, index) => ({
        label: { label: name, description: title },
        kind: kind === 'key' ? kinds.Property : kinds.Value,
        documentation: description,
        insertText: kind === 'key' ? `${name}: ` : name,
        range,
        sortText: `~${String(index).padStart(5, '0')}`,
        ...(kind === 'key' && { command: { id: 'editor.action.triggerSuggest', title: '' } }),
      }));
      return { suggestions: [...ofAccount, ...ofGrammar] };
    },
  });
  const hover = monaco.languages.registerHoverProvider('yaml', {
    provideHover: async (asked, position) => {
      const word = asked === model ? asked.getWordAtPosition(position) : null;
      if (word === null) return null;
      const place = placeAt(asked.getLinesContent(), position.lineNumber - 1, word.endColumn - 1);
      const offers = await offersAt(place, help().known(), help().live);
      const found = offers.find(({ name }) => name === word.word || name === place.word);
      if (found === undefined || found.detail === '') return null;
      return { contents: [{ value: `**${found.name}**` }, { value: found.detail }] };
    },
  });
  return {
    dispose: () => {
      completion.dispose();
      hover.dispose();
    },
  };
}

/** A name as YAML: in quotes where it holds more than letters, digits, dots and lines. */
function quoted(name: string, isInside: boolean): string {
  return isInside || /^[A-Za-z_][\w./-]*$/.test(name) ? name : JSON.stringify(name);
}
