import { parse, YAMLParseError } from 'yaml';
import { messageOf } from '../action/index.ts';

/** Everything that is known of one deployed preview; also what is asked of an engine. */
export interface PreviewRecord {
  readonly name: string;
  readonly host: string;
  readonly url: string;
  readonly namespace: string;
  /** The image reference in full. */
  readonly image: string;
  /** Empty when the repository is one service. */
  readonly service: string;
  readonly pullRequest: number;
  /** Commit id of the pull request's head. */
  readonly head: string;
  /** `owner/name`, for people: a rename changes it. */
  readonly repository: string;
  readonly repositoryId: number;
  /** Host of the GitHub server, such as `github.com`. */
  readonly server: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** When it was last deployed and when it may go; epoch seconds. */
  readonly deployed: number;
  readonly expires: number;
}

/** Whose a preview is: repository ids are unique on one server only. */
export type Mark = Pick<PreviewRecord, 'repositoryId' | 'server'>;

/** Name of the record's file in the preview's folder. */
export const RECORD_FILE = 'preview.yaml';

const FORMAT = '1';
const TEXTS = [
  'name',
  'host',
  'url',
  'namespace',
  'image',
  'service',
  'head',
  'repository',
  'server',
] as const;
const NUMBERS = ['pullRequest', 'repositoryId', 'runId', 'runAttempt', 'deployed', 'expires'] as const;
/** A time beyond the year 9999 cannot be written as a date, and a pull request's number is GraphQL's Int. */
const LARGEST: Readonly<Partial<Record<(typeof NUMBERS)[number], number>>> = {
  pullRequest: 2 ** 31 - 1,
  deployed: 253_402_300_799,
  expires: 253_402_300_799,
};
const HEADER = `# Written by gitops-actions: deploy-preview rewrites this file, cleanup-previews removes the folder by it.
# Do not edit it. An Argo CD ApplicationSet may read it with its git files generator.
# +argocd:skip-file-rendering
`;

/**
 * The record as the file `preview.yaml`: flat, and every value a quoted text, because a generator of Argo CD turns
 * large numbers into floating-point ones. The comment keeps Argo CD from taking it for a manifest.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/#git-generator-files
 */
export function formatRecord(record: PreviewRecord): string {
  const lines = [...TEXTS, ...NUMBERS].map((key) => `${key}: ${JSON.stringify(String(record[key]))}\n`);
  return `${HEADER}format: "${FORMAT}"\n${lines.join('')}`;
}

/**
 * Reads a record back, strictly: what does not parse is nobody's, and nobody removes or overwrites it.
 *
 * @param file its path, for the error
 * @throws Error with one sentence that names file and key
 */
export function parseRecord(text: string, file: string): PreviewRecord {
  const fields = parseFields(text, file);
  if (fields.get('format') !== FORMAT) {
    throw new Error(
      `${file} is not a preview record of format "${FORMAT}"; a newer version may have written it.`,
    );
  }
  const texts = TEXTS.map((key) => [key, textField(fields, key, file)]);
  const numbers = NUMBERS.map((key) => [key, numberField(fields, key, file)]);
  return Object.fromEntries([...texts, ...numbers]) as PreviewRecord;
}

/** Whether a preview carries this repository's mark. */
export function isOurs(record: Mark, mark: Mark): boolean {
  return record.repositoryId === mark.repositoryId && record.server === mark.server;
}

/** Whether two records are of the same preview: one repository, one pull request, one service. */
export function isSamePreview(a: PreviewRecord, b: PreviewRecord): boolean {
  return isOurs(a, b) && a.pullRequest === b.pullRequest && a.service === b.service;
}

/** Whether two records were written by the very same deployment. */
export function isSameDeployment(a: PreviewRecord, b: PreviewRecord): boolean {
  return formatRecord(a) === formatRecord(b);
}

function parseFields(text: string, file: string): ReadonlyMap<string, unknown> {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const said = error instanceof YAMLParseError ? error.message.split('\n')[0] : messageOf(error);
    throw new Error(`${file} is not valid YAML: ${said}`, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return new Map(Object.entries(value));
  throw new Error(`${file} is not a preview record: it must be a map.`);
}

function textField(fields: ReadonlyMap<string, unknown>, key: string, file: string): string {
  const value = fields.get(key);
  if (typeof value === 'string' && (value !== '' || key === 'service')) return value;
  throw new Error(`${file} is not a preview record: "${key}" must be a text.`);
}

function numberField(
  fields: ReadonlyMap<string, unknown>,
  key: (typeof NUMBERS)[number],
  file: string,
): number {
  const value = fields.get(key);
  const number = typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : 0;
  const largest = LARGEST[key] ?? Number.MAX_SAFE_INTEGER;
  if (number > largest)
    throw new Error(`${file} is not a preview record: "${key}" must be at most ${largest}.`);
  if (number > 0) return number;
  throw new Error(`${file} is not a preview record: "${key}" must be a whole number above 0, in quotes.`);
}
