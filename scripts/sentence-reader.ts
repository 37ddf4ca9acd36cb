import ts from 'typescript';

/** The parsed sources, and what each of them imports from another by name. */
export interface SourceIndex {
  readonly files: readonly ts.SourceFile[];
  readonly imports: ReadonlyMap<
    ts.SourceFile,
    ReadonlyMap<string, { readonly file: ts.SourceFile; readonly name: string }>
  >;
}

type Callable =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration;
type Call = ts.CallExpression | ts.NewExpression;

/** A text with gaps: `null` is a gap. */
type Pattern = readonly (string | null)[];

/** Through which call each function under way was entered, so that its parameters have values. */
type Frame = ReadonlyMap<Callable, { readonly call: Call; readonly frame: Frame }>;

const gap: Pattern = [null];
const nowhere: Frame = new Map();
const deepest = 6;
/** A sentence with more forms than this keeps a gap where the forms differ. */
const mostForms = 16;
/** Words that have more forms than this become phrases of their own, and the sentence keeps a gap for them. */
const mostFormsInside = 4;
/** Properties that hold words rather than values. */
const wordyNames = new Set(['advice', 'form', 'problem', 'reason', 'what', 'why']);

/** Reads which texts an expression can give, as far as the sources tell it without running. */
export class SentenceReader {
  readonly #calls = new Map<string, Call[]>();
  /** Parts of sentences that stand in gaps. */
  readonly phrases = new Set<string>();

  constructor(readonly index: SourceIndex) {
    for (const file of index.files) this.#collectCalls(file);
  }

  templates(expression: ts.Expression): string[] {
    const patterns = this.#formsWithCallers(expression, 0);
    return patterns.filter((pattern) => !isGap(pattern)).map(templateOf);
  }

  /** Where the text depends on parameters of the function around it, each call of that function gives forms. */
  #formsWithCallers(expression: ts.Expression, depth: number): Pattern[] {
    const owner = depth < deepest ? this.#ownerOfParameters(expression, 0) : null;
    const calls = owner === null ? [] : this.#callsOf(owner);
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
    const declared = this.#declarationOf(node);
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
    const rows = this.#objectOf(from.expression)?.properties ?? [];
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
    const owner = this.#ownerOfParameters(given, 0);
    if (owner === null || frame.has(owner) || depth > deepest) return this.#forms(given, frame, depth);
    const calls = this.#callsOf(owner);
    if (calls.length === 0) return this.#forms(given, frame, depth);
    return calls.flatMap((call) =>
      this.#forms(given, new Map([...frame, [owner, { call, frame: nowhere }]]), depth + 1),
    );
  }

  /** `forms.id.what`: what the constant table holds; of anything else, every such property in the same file. */
  #formsOfProperty(node: ts.PropertyAccessExpression, frame: Frame, depth: number): Pattern[] {
    const name = node.name.text;
    const table = ts.isIdentifier(node.expression) ? this.#objectOf(node.expression) : null;
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
    const table = ts.isIdentifier(node.expression) ? this.#objectOf(node.expression) : null;
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
    const target = this.#functionOf(called);
    if (target === null || frame.has(target)) return [gap];
    const inside: Frame = new Map([...frame, [target, { call: node, frame }]]);
    return returnsOf(target).flatMap((each) => this.#forms(each, inside, depth));
  }

  /** What the file pushes to lists of this name. */
  #pushedTo(list: ts.Identifier, frame: Frame, depth: number): Pattern[] {
    const file = list.getSourceFile();
    return (this.#calls.get('push') ?? []).flatMap((call) => {
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

  #ownerOfParameters(node: ts.Node, depth: number): Callable | null {
    let owner: Callable | null = null;
    const visit = (each: ts.Node): void => {
      if (owner !== null || depth > deepest) return;
      if (ts.isIdentifier(each) && !isMemberName(each)) {
        const declared = this.#declarationOf(each);
        if (declared !== null && ts.isParameter(declared)) owner = declared.parent as Callable;
        else if (declared?.initializer !== undefined && declared.getSourceFile() === each.getSourceFile()) {
          owner = this.#ownerOfParameters(declared.initializer, depth + 1);
        }
        return;
      }
      ts.forEachChild(each, visit);
    };
    visit(node);
    return owner;
  }

  /** The constant or parameter that a name stands for. */
  #declarationOf(name: ts.Identifier): ts.VariableDeclaration | ts.ParameterDeclaration | null {
    for (let scope: ts.Node | undefined = name.parent; scope !== undefined; scope = scope.parent) {
      const found = declaredIn(scope, name.text);
      if (found !== undefined) return found;
    }
    const imported = this.index.imports.get(name.getSourceFile())?.get(name.text);
    return imported === undefined ? null : (declaredIn(imported.file, imported.name) ?? null);
  }

  #objectOf(name: ts.Identifier): ts.ObjectLiteralExpression | null {
    const declared = this.#declarationOf(name);
    let value = declared !== null && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    while (value !== undefined && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)))
      value = value.expression;
    return value !== undefined && ts.isObjectLiteralExpression(value) ? value : null;
  }

  #functionOf(called: ts.Expression): Callable | null {
    if (ts.isPropertyAccessExpression(called) && called.expression.kind === ts.SyntaxKind.ThisKeyword) {
      for (let scope: ts.Node | undefined = called.parent; scope !== undefined; scope = scope.parent) {
        if (ts.isClassLike(scope)) return methodOf(scope, called.name.text);
      }
    }
    if (!ts.isIdentifier(called)) return null;
    const file = called.getSourceFile();
    const imported = this.index.imports.get(file)?.get(called.text);
    return functionIn(imported?.file ?? file, imported?.name ?? called.text);
  }

  #callsOf(owner: Callable): readonly Call[] {
    const name = nameOf(owner);
    if (name === null) return [];
    return (this.#calls.get(name) ?? []).filter((call) => {
      const file = call.getSourceFile();
      if (file === owner.getSourceFile()) return true;
      if (!ts.isIdentifier(call.expression)) return false;
      return this.index.imports.get(file)?.get(name)?.file === owner.getSourceFile();
    });
  }

  #collectCalls(file: ts.SourceFile): void {
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const called = node.expression;
        const name = ts.isIdentifier(called)
          ? called.text
          : ts.isPropertyAccessExpression(called)
            ? called.name.text
            : null;
        if (name !== null) {
          const calls = this.#calls.get(name) ?? [];
          calls.push(node);
          this.#calls.set(name, calls);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
}

function isMemberName(name: ts.Identifier): boolean {
  const { parent } = name;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === name) ||
    (ts.isPropertyAssignment(parent) && parent.name === name)
  );
}

function isConstant(declared: ts.VariableDeclaration): boolean {
  return (declared.parent.flags & ts.NodeFlags.Const) !== 0 && ts.isIdentifier(declared.name);
}

function declaredIn(scope: ts.Node, name: string): ts.VariableDeclaration | ts.ParameterDeclaration | undefined {
  if (ts.isFunctionLike(scope)) {
    return scope.parameters.find((each) => ts.isIdentifier(each.name) && each.name.text === name);
  }
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isCaseOrDefaultClause(scope)) return undefined;
  for (const statement of scope.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find(
      (each) => ts.isIdentifier(each.name) && each.name.text === name,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a name was taken out of by `const { name } = ...`. */
function takenFrom(name: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node | undefined = name.parent; scope !== undefined; scope = scope.parent) {
    if (!ts.isBlock(scope)) continue;
    for (const { declarationList } of scope.statements.filter(ts.isVariableStatement)) {
      const found = declarationList.declarations.find(
        (each) =>
          ts.isObjectBindingPattern(each.name) &&
          each.name.elements.some((part) => ts.isIdentifier(part.name) && part.name.text === name.text),
      );
      if (found !== undefined) return found.initializer;
    }
  }
  return undefined;
}

function functionIn(file: ts.SourceFile, name: string): Callable | null {
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: own, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(own) || own.text !== name || initializer === undefined) continue;
      if (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) return initializer;
    }
  }
  return null;
}

function methodOf(owner: ts.ClassLikeDeclaration, name: string): Callable | null {
  return owner.members.filter(ts.isMethodDeclaration).find((each) => each.name.getText() === name) ?? null;
}

function nameOf(owner: Callable): string | null {
  if (ts.isConstructorDeclaration(owner)) return owner.parent.name?.text ?? null;
  if (owner.name !== undefined && (ts.isIdentifier(owner.name) || ts.isPrivateIdentifier(owner.name)))
    return owner.name.text;
  const { parent } = owner;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : null;
}

function returnsOf(target: Callable): ts.Expression[] {
  const { body } = target;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find(
    (each): each is ts.PropertyAssignment =>
      ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === name,
  );
  return found?.initializer;
}

function isGap(pattern: Pattern): boolean {
  return pattern.every((part) => part === null || part === '');
}

/** The forms with words; everything without any is one and the same gap. */
function worded(forms: readonly Pattern[]): Pattern[] {
  const hasWords = (form: Pattern): boolean =>
    isEmpty(form) || form.some((part) => part !== null && /[a-z]{2}/.test(part.replaceAll(/`[^`]*`/g, '')));
  const words = forms.filter(hasWords);
  if (words.length === 0 || words.every(isEmpty)) return [gap];
  return words.length === forms.length ? [...words] : [...words, gap];
}

function isEmpty(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === '';
}

function product(heads: readonly Pattern[], values: readonly Pattern[], tail: Pattern): Pattern[] {
  const few = heads.length * values.length > mostForms ? [gap] : values;
  return heads.flatMap((head) => few.map((value) => joined([...head, ...value, ...tail])));
}

/** Neighbouring texts as one, and neighbouring gaps as one. */
function joined(parts: Pattern): Pattern {
  const all: (string | null)[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else if (part !== null || last !== null) all.push(part);
  }
  return all.length === 0 ? [''] : all;
}

function withFullStop(pattern: Pattern): Pattern {
  const last = pattern.at(-1);
  return typeof last === 'string' && last.endsWith('.') ? pattern : joined([...pattern, '.']);
}

function distinct(forms: readonly Pattern[]): Pattern[] {
  return [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
}

function templateOf(pattern: Pattern): string {
  let number = 0;
  return pattern.map((part) => part ?? `{${number++}}`).join('');
}
