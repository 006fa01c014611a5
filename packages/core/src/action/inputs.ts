import { distance } from 'fastest-levenshtein';
import { ConfigurationError } from './configuration-error.ts';
import { parseDuration } from './duration.ts';
import { encodingsOf } from './secret.ts';

/** Environment of a process: the runner passes `with: {dry-run: x}` as `INPUT_DRY-RUN=x`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const INPUT = 'INPUT_';
/** Two letters apart is taken for a slip of the finger. */
const MISSPELT = 2;

/**
 * Strict reader of an action's inputs. Every input is read exactly once, whatever the others say: the names read
 * are the names declared, and `refuseUnknown` holds what the workflow passed against them.
 *
 * Values are trimmed, as the official toolkit does. Every method throws `ConfigurationError` with the input's name,
 * the value and what is legal. Defaults live in action.yml: the runner has applied them already.
 */
export class InputReader {
  readonly #environment: Environment;
  readonly #names = new Set<string>();
  readonly #secrets = new Set<string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Values read by `secret`, and their base64 forms: to be masked, and cut out of every text that leaves. */
  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  /** A text with `***` in the place of every secret read so far. */
  withoutSecrets(text: string): string {
    // The longest first: one may hold another.
    const secrets = this.secrets.toSorted((a, b) => b.length - a.length);
    return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  }

  /** An optional text; empty when it was not given. */
  text(name: string): string {
    this.#names.add(name);
    return (this.#environment[INPUT + name.replaceAll(' ', '_').toUpperCase()] ?? '').trim();
  }

  /** A text that must be there. */
  required(name: string): string {
    const value = this.text(name);
    if (value === '') throw new ConfigurationError(`Input "${name}" is empty; it is required.`);
    return value;
  }

  /** A secret; optional. The runner masks it from now on. */
  secret(name: string): string {
    const value = this.text(name);
    for (const form of encodingsOf(value)) this.#secrets.add(form);
    return value;
  }

  /**
   * A text that holds secrets beside what may be shown, such as a kubeconfig; optional.
   *
   * @param find picks out the secrets
   */
  textWithSecrets(name: string, find: (text: string) => readonly string[]): string {
    const value = this.text(name);
    for (const form of find(value).flatMap(encodingsOf)) this.#secrets.add(form);
    return value;
  }

  /** `true` or `false`, nothing else (not `yes`, not `1`). */
  flag(name: string): boolean {
    return this.choice(name, ['true', 'false']) === 'true';
  }

  /** One of the listed words, in exactly this spelling. */
  choice<const Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.text(name);
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw illegal(name, value, `one of: ${words.join(', ')}`);
    return word;
  }

  /** A whole number between `least` and `most`, in decimal digits; `undefined` when it was not given. */
  integer(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.text(name);
    if (value === '') return undefined;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) {
      throw illegal(
        name,
        value,
        most === Number.MAX_SAFE_INTEGER
          ? `a whole number from ${least}`
          : `a whole number from ${least} to ${most}`,
      );
    }
    return number;
  }

  /** A duration such as `90s`, `5m`, `1h30m`, `7d`; in milliseconds. */
  duration(name: string): number {
    const value = this.text(name);
    const milliseconds = parseDuration(value);
    if (milliseconds === undefined) throw illegal(name, value, 'a duration such as 90s, 5m, 1h30m or 7d');
    return milliseconds;
  }

  /** One item a line, or a JSON list of texts; blank lines are passed over. */
  list(name: string): readonly string[] {
    const value = this.text(name);
    return value.startsWith('[') ? this.#jsonList(name, value) : linesOf(value);
  }

  #jsonList(name: string, value: string): readonly string[] {
    const items = parseJson(name, value);
    if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) {
      throw illegal(name, value, 'one item a line, or a JSON list of texts');
    }
    return items;
  }

  /**
   * Refuses a passed name that was renamed or that is within two letters of a declared one. The runner itself only warns.
   *
   * @param renamed old name → new name
   */
  refuseUnknown(renamed: Readonly<Record<string, string>> = {}): void {
    for (const key of Object.keys(this.#environment)) {
      const name = key.startsWith(INPUT) ? key.slice(INPUT.length).toLowerCase() : '';
      if (name === '' || this.#names.has(name)) continue;
      const successor = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
      if (successor !== undefined)
        throw new ConfigurationError(
          `Input "${name}" is now called "${successor}"; rename it in the workflow.`,
        );
      const near = nearest(name, this.#names);
      if (near !== undefined)
        throw new ConfigurationError(`Unknown input "${name}"; did you mean "${near}"?`);
    }
  }
}

/**
 * The error for a value that is not legal.
 *
 * @param name the input
 * @param value what was given; cut at 100 characters
 * @param legal what would be legal, as the rest of the sentence "It must be …"
 */
export function illegal(name: string, value: string, legal: string): ConfigurationError {
  const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
  return new ConfigurationError(`Input "${name}" is ${JSON.stringify(shown)}; it must be ${legal}.`);
}

/**
 * Parses JSON given as an input.
 *
 * @throws ConfigurationError that names the input and what the parser said
 */
export function parseJson(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new ConfigurationError(
      `Input "${name}" is not valid JSON: ${Error.isError(error) ? error.message : 'unknown error'}.`,
    );
  }
}

/** The non-blank lines of a text, trimmed. */
export function linesOf(value: string): readonly string[] {
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The known name within two letters of `name`, if there is one; the nearest wins. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const near = [...known]
    .map((candidate) => ({ candidate, letters: distance(name, candidate) }))
    .filter(({ letters }) => letters <= MISSPELT)
    .sort((a, b) => a.letters - b.letters);
  return near[0]?.candidate;
}
