import { ConfigurationError } from '@gitops-actions/core/action';
import { parsePathSpec } from '@gitops-actions/core/gitops';

/** Far more than any path has; a pattern's expression grows with it. */
const LONGEST = 1000;

/**
 * Parses the `paths` of a service: folders, files and patterns (`*`, `**`, `[a-z]`, `{web,api}`), and exceptions that
 * begin with `!`. A pattern that could match less than its author sees in it is refused: the service would be left out
 * although it changed.
 *
 * @param input where services come from, for errors
 * @param service its name, for errors
 * @returns clean paths in their order, exceptions still with their `!`
 * @throws ConfigurationError for anything but a list of such paths
 */
export function parseServicePaths(input: string, service: string, value: unknown): readonly string[] {
  const of = `Input "${input}" gives service "${service}"`;
  if (!Array.isArray(value) || value.length === 0 || !value.every((path) => typeof path === 'string')) {
    throw new ConfigurationError(
      `${of} "paths" that are no list of texts, or an empty one; write ["${service}", "libs"], or leave "paths" out.`,
    );
  }
  const paths = value.map((path: string) => parseOne(input, of, path.trim()));
  if (paths.every((path) => path.startsWith('!'))) {
    throw new ConfigurationError(
      `${of} "paths" of exceptions only; name first what they are exceptions from, such as "**".`,
    );
  }
  return paths;
}

function parseOne(input: string, of: string, path: string): string {
  const isException = path.startsWith('!');
  const bare = isException ? path.slice(1) : path;
  const problem = problemOf(bare);
  if (problem !== undefined)
    throw new ConfigurationError(`${of} the path ${JSON.stringify(path.slice(0, 100))}, ${problem}.`);
  const [cleaned = ''] = parsePathSpec([bare], input);
  return isException ? `!${cleaned}` : cleaned;
}

function problemOf(path: string): string | undefined {
  if (path === '') return 'which is empty; write "." for the whole repository';
  if (path.length > LONGEST) return `which is longer than ${LONGEST} characters; shorten it`;
  if (path.includes('?'))
    return 'which holds "?", for GitHub a sign that the character before may be missing, elsewhere any character; write "*"';
  const rest = path.replaceAll(SET, (set) => (isExpression(set) ? 'x' : set)).replaceAll(ALTERNATIVES, 'x');
  if (/[[\]{}]/.test(rest))
    return 'in which brackets are neither characters such as [a-z] nor alternatives such as {web,api}; write "*" in their place';
  return /[^/]\*\*|\*\*[^/]/.test(rest)
    ? 'in which "**" is only a part of a name; write "**/*.js" for files in all folders below'
    : undefined;
}

const SET = /\[[\w.-]+\]/g;
/** Without brackets inside, without `**`, and without ranges such as `{8..12}`, which picomatch reads as `[8-12]`. */
const ALTERNATIVES = /\{(?![^{}]*(?:\.\.|\*\*))[^{}[\]]*,[^{}[\]]*\}/g;

/** `[z-a]` is none. */
function isExpression(text: string): boolean {
  try {
    return RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
