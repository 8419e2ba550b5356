/** What is wrong with a value, by JSON pointer. `detail` completes "It …" as one sentence. */
export interface Problem {
  pointer: string;
  detail: string;
}

/** Reads a value of unknown make: what it is worth, or why not. Problems are added to a list, all at once. */
export type Check<T> = (value: unknown, pointer: string, problems: Problem[]) => T | undefined;

export type Checked<C> = C extends Check<infer T> ? T : never;

const refuse = (problems: Problem[], pointer: string, detail: string): undefined => {
  problems.push({ pointer, detail });
  return undefined;
};

export function integer(min: number, max: number): Check<number> {
  return (value, pointer, problems) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : refuse(problems, pointer, `It is a whole number from ${min} to ${max}.`);
}

/** Above 0, at most 1. */
export const share: Check<number> = (value, pointer, problems) =>
  typeof value === 'number' && value > 0 && value <= 1
    ? value
    : refuse(problems, pointer, 'It is a number above 0 and at most 1.');

export const flag: Check<boolean> = (value, pointer, problems) =>
  typeof value === 'boolean' ? value : refuse(problems, pointer, 'It is true or false.');

export function oneOf<T extends string>(...values: readonly T[]): Check<T> {
  return (value, pointer, problems) =>
    values.find((each) => each === value) ?? refuse(problems, pointer, `It is one of ${values.join(', ')}.`);
}

/** @param problemOf why a text is not one, as the end of "It …", or undefined. */
export function text(problemOf: (value: string) => string | undefined): Check<string> {
  return (value, pointer, problems) => {
    const problem = typeof value === 'string' ? (unfit(value) ?? problemOf(value)) : 'is a text';
    return problem === undefined ? (value as string) : refuse(problems, pointer, `It ${problem}.`);
  };
}

/** Half a character, or one that nobody sees: PostgreSQL stores neither the first nor U+0000. */
function unfit(value: string): string | undefined {
  if (!value.isWellFormed()) return 'is well-formed Unicode';
  return /\p{Cc}/u.test(value) ? 'has no control characters' : undefined;
}

/** Without doubles. */
export function list<T>(each: Check<T>, { least = 0, most }: { least?: number; most: number }): Check<readonly T[]> {
  return (value, pointer, problems) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      return refuse(problems, pointer, `It is a list of ${least} to ${most.toLocaleString('en-GB')} values.`);
    }
    const read = value.map((item, at) => each(item, `${pointer}/${at}`, problems));
    return [...new Set(read.filter((item) => item !== undefined))];
  };
}

/** A field that has a value without being given; `undefined` as default makes it optional. */
export function optional<T>(check: Check<T>): Check<T | undefined>;
export function optional<T>(check: Check<T>, byDefault: T): Check<T>;
export function optional<T>(check: Check<T>, byDefault?: T): Check<T | undefined> {
  return (value, pointer, problems) => (value === undefined ? byDefault : check(value, pointer, problems));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** An object of these fields and no others. A field that is not `optional` is required. */
export function fields<F extends Record<string, Check<unknown>>>(checks: F): Check<{ [K in keyof F]: Checked<F[K]> }> {
  return (value, pointer, problems) => {
    if (!isObject(value)) return refuse(problems, pointer, 'It is an object.');
    const known = Object.keys(checks);
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue;
      refuse(problems, `${pointer}/${escaped(name)}`, `It is not known here; there are ${known.join(', ') || 'none'}.`);
    }
    const read = known.map((name) => {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      return [name, checks[name]?.(given, `${pointer}/${name}`, problems)] as const;
    });
    return Object.fromEntries(read) as { [K in keyof F]: Checked<F[K]> };
  };
}
