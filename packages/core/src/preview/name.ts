import { createHash } from 'node:crypto';
import { illegal } from '../action/index.ts';
import { fillPlaceholders } from './placeholders.ts';

/**
 * Helm allows release names of 53 characters, because charts append to them within the 63 of a DNS label.
 * https://helm.sh/docs/chart_template_guide/getting_started/#adding-a-simple-template-call
 */
const LONGEST_NAME = 53;
const HASH_LENGTH = 8;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names */
const NAME = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_VALUE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** What a preview is of. */
export interface Subject {
  readonly pullRequest: number;
  /** Empty when the repository is one service. */
  readonly service: string;
}

/** The name template that holds when the input `name` is empty. */
export function defaultNameTemplate(service: string): string {
  return service === '' ? 'pr-{{pr}}' : 'pr-{{pr}}-{{service}}';
}

/**
 * The name of a preview: usable as Helm release, Kubernetes object, DNS label and folder.
 *
 * A name that fits is taken as it is. Any other is lower-cased, its odd characters become dashes, it is cut, and the
 * hash of the full text is appended: the same input always gives the same name, and two inputs never share one.
 *
 * @param template text with `{{pr}}` and `{{service}}`
 * @throws ConfigurationError for an unknown placeholder, or when no letter or digit is left
 */
export function previewName(template: string, { pullRequest, service }: Subject): string {
  const full = fillPlaceholders(template, { pr: String(pullRequest), service }, 'name');
  if (full.length <= LONGEST_NAME && NAME.test(full)) return full;
  const plain = full
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === '') throw illegal('name', full, 'text with a letter or digit in it');
  const lettered = /^[a-z]/.test(plain) ? plain : `p-${plain}`;
  const kept = lettered.slice(0, LONGEST_NAME - HASH_LENGTH - 1).replace(/-+$/, '');
  return `${kept}-${createHash('sha256').update(full).digest('hex').slice(0, HASH_LENGTH)}`;
}

/**
 * The namespace of a preview.
 *
 * @param template text with `{{pr}}`, `{{service}}` and `{{name}}`
 * @throws ConfigurationError when the result is not a DNS label of at most 63 characters
 */
export function previewNamespace(template: string, name: string, { pullRequest, service }: Subject): string {
  const namespace = fillPlaceholders(template, { pr: String(pullRequest), service, name }, 'namespace');
  if (LABEL.test(namespace)) return namespace;
  throw illegal(
    'namespace',
    namespace,
    'a Kubernetes namespace: up to 63 lower-case letters, digits and dashes',
  );
}

/**
 * A service's name as it may stand in labels, file names and manifests.
 *
 * @throws ConfigurationError when it is not a legal label value
 */
export function parseService(text: string): string {
  if (text === '' || LABEL_VALUE.test(text)) return text;
  throw illegal(
    'service',
    text,
    'up to 63 letters, digits, dashes, dots and underscores, as in a Kubernetes label',
  );
}
