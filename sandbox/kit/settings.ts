import { isObject, type Json, type JsonObject, own, sameJson } from './json.js';

/** A problem with what a control route was given. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
}

/** What a switch accepts: a sentence for the error and the check itself. */
export interface SwitchRule {
  readonly expected: string;
  accepts(value: Json): boolean;
}

/** The switches of one sandbox: typed values with a rule each, changed at any time by `POST /_sandbox/settings`. */
export class Switches<Values extends object> {
  readonly values: Values;
  readonly #rules: { readonly [name: string]: SwitchRule };
  readonly #original: Values;

  /** `given` changes the defaults for good: it is what `restore` goes back to. Throws ControlProblem. */
  constructor(defaults: Values, rules: { readonly [Name in keyof Values]: SwitchRule }, given: JsonObject = {}) {
    this.values = { ...defaults };
    this.#rules = rules;
    this.change(given);
    this.#original = { ...this.values };
  }

  /** Sets the named switches, all or none. */
  change(patch: unknown): void {
    if (!isObject(patch)) throw new ControlProblem('Settings must be a JSON object.');
    for (const [name, value] of Object.entries(patch)) this.#check(name, value);
    Object.assign(this.values, patch);
  }

  /** Back to what the sandbox was started with. */
  restore(): void {
    Object.assign(this.values, this.#original);
  }

  toJson(): object {
    return { ...this.values };
  }

  #check(name: string, value: Json): void {
    const rule = Object.hasOwn(this.#rules, name) ? this.#rules[name] : undefined;
    if (rule === undefined) {
      const known = Object.keys(this.#rules).sort().join(', ');
      throw new ControlProblem(`Setting \`${name}\` is not known. Known settings: ${known}.`);
    }
    if (!rule.accepts(value)) throw new ControlProblem(`Setting \`${name}\` must be ${rule.expected}.`);
  }
}

export const onOff: SwitchRule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const share: SwitchRule = {
  expected: 'a number from 0 to 1',
  accepts: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};
export const wholeNumber: SwitchRule = {
  expected: 'a whole number of 0 or more',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 0,
};
export const anyWholeNumber: SwitchRule = {
  expected: 'a whole number',
  accepts: (value) => Number.isInteger(value),
};
export const rateOrNull: SwitchRule = {
  expected: 'null or {requests, perSeconds}',
  accepts(value) {
    if (value === null) return true;
    if (!isObject(value)) return false;
    return (
      Number.isInteger(own(value, 'requests')) &&
      Number(own(value, 'requests')) > 0 &&
      Number(own(value, 'perSeconds')) > 0
    );
  },
};

export function oneOf(...options: readonly Json[]): SwitchRule {
  return {
    expected: `one of ${options.map((option) => JSON.stringify(option)).join(', ')}`,
    accepts: (value) => options.some((option) => sameJson(option, value)),
  };
}
