import ts from 'typescript';

/** The parsed sources, and what each of them imports from another by name. */
export interface SourceIndex {
  readonly files: readonly ts.SourceFile[];
  readonly imports: ReadonlyMap<
    ts.SourceFile,
    ReadonlyMap<string, { readonly file: ts.SourceFile; readonly name: string }>
  >;
}

export type Callable =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration;
export type Call = ts.CallExpression | ts.NewExpression;

/** How many names are followed from one to the next. */
export const deepest = 6;

/** What names in the sources stand for, and from where functions are called, as far as one can tell by looking. */
export class SourceNames {
  readonly #calls = new Map<string, Call[]>();

  constructor(readonly index: SourceIndex) {
    for (const file of index.files) this.#collectCalls(file);
  }

  /** All calls of anything with this name. */
  callsNamed(name: string): readonly Call[] {
    return this.#calls.get(name) ?? [];
  }

  callsOf(owner: Callable): readonly Call[] {
    const name = nameOf(owner);
    if (name === null) return [];
    return this.callsNamed(name).filter((call) => {
      const file = call.getSourceFile();
      if (file === owner.getSourceFile()) return true;
      if (!ts.isIdentifier(call.expression)) return false;
      return this.index.imports.get(file)?.get(name)?.file === owner.getSourceFile();
    });
  }

  /** The constant or parameter that a name stands for. */
  declarationOf(name: ts.Identifier): ts.VariableDeclaration | ts.ParameterDeclaration | null {
    for (let scope: ts.Node | undefined = name.parent; scope !== undefined; scope = scope.parent) {
      const found = declaredIn(scope, name.text);
      if (found !== undefined) return found;
    }
    const imported = this.index.imports.get(name.getSourceFile())?.get(name.text);
    return imported === undefined ? null : (declaredIn(imported.file, imported.name) ?? null);
  }

  objectOf(name: ts.Identifier): ts.ObjectLiteralExpression | null {
    const declared = this.declarationOf(name);
    let value = declared !== null && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    while (value !== undefined && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)))
      value = value.expression;
    return value !== undefined && ts.isObjectLiteralExpression(value) ? value : null;
  }

  functionOf(called: ts.Expression): Callable | null {
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

  ownerOfParameters(node: ts.Node, depth: number): Callable | null {
    let owner: Callable | null = null;
    const visit = (each: ts.Node): void => {
      if (owner !== null || depth > deepest) return;
      if (ts.isIdentifier(each) && !isMemberName(each)) {
        const declared = this.declarationOf(each);
        if (declared !== null && ts.isParameter(declared)) owner = declared.parent as Callable;
        else if (declared?.initializer !== undefined && declared.getSourceFile() === each.getSourceFile()) {
          owner = this.ownerOfParameters(declared.initializer, depth + 1);
        }
        return;
      }
      ts.forEachChild(each, visit);
    };
    visit(node);
    return owner;
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

export function isConstant(declared: ts.VariableDeclaration): boolean {
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
export function takenFrom(name: ts.Identifier): ts.Expression | undefined {
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

export function returnsOf(target: Callable): ts.Expression[] {
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

export function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find(
    (each): each is ts.PropertyAssignment =>
      ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === name,
  );
  return found?.initializer;
}
