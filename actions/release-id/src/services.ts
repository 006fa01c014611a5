import { ConfigurationError, illegal, linesOf, parseJson } from '@gitops-actions/core/action';
import { parseServicePaths } from './changed/service-paths.ts';
import { imageName } from './image-name.ts';

const INPUT = 'services';
const LEGAL = 'one name a line, or a JSON list of names and of objects with a "name"';
/** https://docs.github.com/actions/reference/limits: jobs of one matrix. */
const MOST = 256;
/** Levels of lists and objects in each other; far more overflow the stack of who writes or reads the matrix. */
const DEEPEST = 32;

/** Keys that say which files a service is made of. */
const READ = ['paths', 'context', 'dockerfile'];

/** One service of the repository. */
export interface Service {
  readonly name: string;
  /** The image's name, when it is not the prefix and the service's name. */
  readonly image: string | undefined;
  /** Files it is made of, cleaned, exceptions with their `!`; when it says so. */
  readonly paths: readonly string[] | undefined;
  /** Every key but name and image, as it was written: it goes into the matrix untouched. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/**
 * Parses the input `services`.
 *
 * @param text names one a line, or JSON: `["web", {"name": "orders", "context": "orders", "image": "…"}]`
 * @returns undefined when nothing is written; an empty list is a list of no services
 * @throws ConfigurationError on anything else, a name twice, or a key that a matrix cannot hold
 */
export function parseServices(text: string): readonly Service[] | undefined {
  if (text === '') return undefined;
  const services = /^[[{]/.test(text) ? fromJson(text) : linesOf(text).map((name) => serviceOf({ name }));
  const seen = new Set<string>();
  for (const { name } of services) {
    if (seen.has(name)) throw problem(`holds the service "${name}" twice; keep one of them`);
    seen.add(name);
  }
  if (services.length > MOST)
    throw problem(
      `holds ${services.length} services; a matrix has at most ${MOST} jobs, so split the workflow`,
    );
  return services;
}

function fromJson(text: string): readonly Service[] {
  const items = parseJson(INPUT, text);
  if (!Array.isArray(items)) throw illegal(INPUT, text, LEGAL);
  if (isDeeper(items, DEEPEST))
    throw problem(`is nested more than ${DEEPEST} levels deep; write flat values`);
  return items.map((item: unknown) => {
    if (typeof item === 'string') return serviceOf({ name: item });
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return serviceOf({ ...item });
    throw illegal(INPUT, JSON.stringify(item), LEGAL);
  });
}

function serviceOf({ name, image, ...rest }: Readonly<Record<string, unknown>>): Service {
  if (typeof name !== 'string' || !isDnsLabel(name)) {
    throw problem(
      `holds a service named ${JSON.stringify(name)?.slice(0, 100) ?? 'nothing'}; a name must be a DNS label: at most 63 of a-z, 0-9 and "-", with a letter or digit at both ends`,
    );
  }
  if (image !== undefined && typeof image !== 'string')
    throw problem(
      `gives service "${name}" an image that is not a text; write its name, such as ghcr.io/acme/${name}`,
    );
  refuseKeys(name, Object.keys(rest));
  const where = `Input "${INPUT}": the image of "${name}"`;
  return {
    name,
    image: image === undefined ? undefined : imageName(where, image),
    paths: rest.paths === undefined ? undefined : parseServicePaths(INPUT, name, rest.paths),
    rest,
  };
}

/** `matrix.<key>` is read without regard to case, so `Image` beside `image` makes GitHub refuse the whole matrix. */
function refuseKeys(service: string, keys: readonly string[]): void {
  const seen = new Set(['name', 'image']);
  for (const key of keys) {
    const of = `gives service "${service}" the key ${JSON.stringify(key.slice(0, 100))}`;
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key))
      throw problem(`${of}; a key must be letters, digits, "_" and "-", so that matrix.<key> can read it`);
    if (READ.includes(key.toLowerCase()) && !READ.includes(key))
      throw problem(`${of}; write it in small letters, or what it says is not seen`);
    if (seen.has(key.toLowerCase()))
      throw problem(`${of} a second time in other capitals; GitHub takes both for the same key, so keep one`);
    seen.add(key.toLowerCase());
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
function isDnsLabel(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
}

function problem(text: string): ConfigurationError {
  return new ConfigurationError(`Input "${INPUT}" ${text}.`);
}
