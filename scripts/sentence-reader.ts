import ts from 'typescript';
import {
  distinct,
  gap,
  isGap,
  mostForms,
  type Pattern,
  product,
  templateOf,
  withFullStop,
  worded,
} from './sentence-forms.js';
import {
  type Call,
  type Callable,
  deepest,
  isConstant,
  propertyOf,
  returnsOf,
  type SourceIndex,
  SourceNames,
  takenFrom,
} from './source-names.js';

/** Through which call each function under way was entered, so that its parameters have values. */
type Frame = ReadonlyMap<Callable, { readonly call: Call; readonly frame: Frame }>;

const nowhere: Frame = new Map();
/** Words that have more forms than this become phrases of their own, and the sentence keeps a gap for them. */
const mostFormsInside = 4;
/** Properties that hold words rather than values. */
const wordyNames = new Set(['advice', 'form', 'problem', 'reason', 'what', 'why']);

/** Reads which texts an expression can give, as far as the sources tell it without running. */
export class SentenceReader {
  readonly #names: SourceNames;
  /** Parts of sentences that stand in gaps. */
  readonly phrases = new Set<string>();

  constructor(index: SourceIndex) {
    this.#names = new SourceNames(index);
  }

  templates(expression: ts.Expression): string[] {
    const patterns = this.#formsWithCallers(expression, 0);
    return patterns.filter((pattern) => !isGap(pattern)).map(templateOf);
  }

  /** Where the text depends on parameters of the function around it, each call of that function gives forms. */
  #formsWithCallers(expression: ts.Expression, depth: number): Pattern[] {
    const owner = depth < deepest ? this.#names.ownerOfParameters(expression, 0) : null;
    const calls = owner === null ? [] : this.#names.callsOf(owner);
    if (owner === null || calls.length === 0) return this.#forms(expression, nowhere, 0);
    return distinct(calls.flatMap((call) => this.#forms(expression, new Map([[owner, { call, frame: nowhere }]]), 0)));
  }

  #forms(node: ts.Expression, frame: Frame, depth: number): Pattern[] {
    if (depth > 2 * deepest) return [gap];
    const forms = distinct(this.#formsOf(node, frame, depth + 1));
    return forms.length > 4 * mostForms || forms.length === 0 ? [gap] : forms;
  }

  #formsOf(node: ts.Expression, frame: Frame, depth: number): Pattern[] {
    if (ts.isStringLiteralLike(node)) return [[node.text]];
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
      return this.#forms(node.expression, frame, depth);
    }
    if (ts.isTemplateExpression(node)) return this.#formsOfTemplate(node, frame, depth);
    if (ts.isConditionalExpression(node)) {
      return [...this.#forms(node.whenTrue, frame, depth), ...this.#forms(node.whenFalse, frame, depth)];
    }
    if (ts.isBinaryExpression(node)) return this.#formsOfBinary(node, frame, depth);
    if (ts.isIdentifier(node)) return this.#formsOfName(node, frame, depth);
    if (ts.isPropertyAccessExpression(node)) return this.#formsOfProperty(node, frame, depth);
    if (ts.isElementAccessExpression(node)) return this.#formsOfElement(node, frame, depth);
    if (ts.isCallExpression(node)) return this.#formsOfCall(node, frame, depth);
    return [gap];
  }

  #formsOfTemplate(node: ts.TemplateExpression, frame: Frame, depth: number): Pattern[] {
    let forms: Pattern[] = [[node.head.text]];
    let before = node.head.text;
    for (const span of node.templateSpans) {
      // What stands in backticks is a name or a value, never words.
      const isQuoted = (before.match(/`/g)?.length ?? 0) % 2 === 1;
      const values = isQuoted ? [gap] : this.#inside(this.#forms(span.expression, frame, depth));
      forms = product(forms, values, [span.literal.text]);
      before += span.literal.text;
    }
    return forms;
  }

  /** Few forms are written out in the sentence; of many, each is a phrase. */
  #inside(forms: readonly Pattern[]): Pattern[] {
    const words = worded(forms);
    if (words.length <= mostFormsInside) return words;
    this.#addPhrases(words);
    return [gap];
  }

  #addPhrases(forms: readonly Pattern[]): void {
    for (const form of forms) if (!isGap(form)) this.phrases.add(templateOf(form));
  }

  #formsOfBinary(node: ts.BinaryExpression, frame: Frame, depth: number): Pattern[] {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.PlusToken) {
      return product(this.#forms(node.left, frame, depth), this.#forms(node.right, frame, depth), ['']);
    }
    if (operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken) {
      return [...this.#forms(node.left, frame, depth), ...this.#forms(node.right, frame, depth)];
    }
    return [gap];
  }

  #formsOfName(node: ts.Identifier, frame: Frame, depth: number): Pattern[] {
    const declared = this.#names.declarationOf(node);
    if (declared === null) return this.#formsOfPart(node, frame, depth);
    if (ts.isVariableDeclaration(declared)) {
      if (declared.initializer === undefined || !isConstant(declared)) return [gap];
      return this.#forms(declared.initializer, frame, depth);
    }
    const owner = declared.parent as Callable;
    const entered = frame.get(owner);
    if (entered === undefined) return [gap];
    const given = entered.call.arguments?.[owner.parameters.indexOf(declared)];
    if (given !== undefined) return this.#formsInCaller(given, entered.frame, depth);
    return declared.initializer === undefined ? [gap] : this.#forms(declared.initializer, frame, depth);
  }

  /** `const { title } = table[name]`: any title of the constant table. */
  #formsOfPart(node: ts.Identifier, frame: Frame, depth: number): Pattern[] {
    const from = takenFrom(node);
    if (from === undefined || !ts.isElementAccessExpression(from) || !ts.isIdentifier(from.expression)) return [gap];
    const rows = this.#names.objectOf(from.expression)?.properties ?? [];
    return [
      gap,
      ...rows.flatMap((row) => {
        const value =
          ts.isPropertyAssignment(row) && ts.isObjectLiteralExpression(row.initializer)
            ? propertyOf(row.initializer, node.text)
            : undefined;
        return value === undefined ? [] : this.#forms(value, frame, depth);
      }),
    ];
  }

  /** An argument may depend on parameters of its own caller. */
  #formsInCaller(given: ts.Expression, frame: Frame, depth: number): Pattern[] {
    const owner = this.#names.ownerOfParameters(given, 0);
    if (owner === null || frame.has(owner) || depth > deepest) return this.#forms(given, frame, depth);
    const calls = this.#names.callsOf(owner);
    if (calls.length === 0) return this.#forms(given, frame, depth);
    return calls.flatMap((call) =>
      this.#forms(given, new Map([...frame, [owner, { call, frame: nowhere }]]), depth + 1),
    );
  }

  /** `forms.id.what`: what the constant table holds; of anything else, every such property in the same file. */
  #formsOfProperty(node: ts.PropertyAccessExpression, frame: Frame, depth: number): Pattern[] {
    const name = node.name.text;
    const table = ts.isIdentifier(node.expression) ? this.#names.objectOf(node.expression) : null;
    if (table !== null) {
      const value = propertyOf(table, name);
      return value === undefined ? [gap] : this.#forms(value, frame, depth);
    }
    if (!wordyNames.has(name)) return [gap];
    const found: ts.Expression[] = [];
    const visit = (each: ts.Node): void => {
      if (ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === name) {
        found.push(each.initializer);
      }
      ts.forEachChild(each, visit);
    };
    visit(node.getSourceFile());
    return [gap, ...found.flatMap((each) => this.#forms(each, frame, depth))];
  }

  /** `table[key]` of a constant table gives any of its values. */
  #formsOfElement(node: ts.ElementAccessExpression, frame: Frame, depth: number): Pattern[] {
    const table = ts.isIdentifier(node.expression) ? this.#names.objectOf(node.expression) : null;
    if (table === null) return [gap];
    return table.properties.flatMap((each) =>
      ts.isPropertyAssignment(each) ? this.#forms(each.initializer, frame, depth) : [gap],
    );
  }

  #formsOfCall(node: ts.CallExpression, frame: Frame, depth: number): Pattern[] {
    const called = node.expression;
    if (ts.isPropertyAccessExpression(called) && called.name.text === 'replace') {
      const asked = node.arguments[0]?.getText();
      const isFullStop = asked === '/\\.?$/' && node.arguments[1]?.getText() === "'.'";
      return isFullStop ? this.#forms(called.expression, frame, depth).map(withFullStop) : [gap];
    }
    if (ts.isPropertyAccessExpression(called) && called.name.text === 'join') {
      if (ts.isIdentifier(called.expression)) this.#addPhrases(this.#pushedTo(called.expression, frame, depth));
      return [gap];
    }
    const target = this.#names.functionOf(called);
    if (target === null || frame.has(target)) return [gap];
    const inside: Frame = new Map([...frame, [target, { call: node, frame }]]);
    return returnsOf(target).flatMap((each) => this.#forms(each, inside, depth));
  }

  /** What the file pushes to lists of this name. */
  #pushedTo(list: ts.Identifier, frame: Frame, depth: number): Pattern[] {
    const file = list.getSourceFile();
    return this.#names.callsNamed('push').flatMap((call) => {
      const called = call.expression;
      const isThis =
        call.getSourceFile() === file &&
        ts.isPropertyAccessExpression(called) &&
        ts.isIdentifier(called.expression) &&
        called.expression.text === list.text;
      const given = call.arguments?.[0];
      return isThis && given !== undefined ? worded(this.#forms(given, frame, depth)) : [];
    });
  }
}
