import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import { type GitOpsTarget, readGitOpsTarget } from '@gitops-actions/core/gitops';
import { parseImageReference } from '@gitops-actions/core/image';
import {
  defaultNameTemplate,
  type HostRule,
  parseDomain,
  parseService,
  parseStatusRanges,
  readEnginePath,
  type StatusRange,
} from '@gitops-actions/core/preview';

/** How the URL must answer. */
export interface HealthInputs {
  readonly path: string;
  readonly statuses: readonly StatusRange[];
  /** With `{{tag}}`, `{{sha}}` and `{{name}}`; empty for none. */
  readonly text: string;
}

/** What the workflow asked for; durations in milliseconds. */
export interface Inputs {
  readonly token: string;
  readonly pullRequest: number | undefined;
  readonly service: string;
  /** Template of the name. */
  readonly name: string;
  readonly hostRule: HostRule;
  readonly scheme: 'https' | 'http';
  /** Template of the namespace. */
  readonly namespace: string;
  readonly image: string;
  /** Tag of the image; empty when it has a digest only. */
  readonly tag: string;
  readonly template: string;
  readonly target: GitOpsTarget;
  readonly path: string;
  readonly ttl: number;
  readonly timeout: number;
  readonly health: HealthInputs;
  readonly environment: string;
  readonly deadline: number;
}

/** A shorter life would end before the preview is up. */
const SHORTEST_TTL = 60_000;

/** Reads all inputs, and refuses what does not fit together. */
export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  reader.choice('engine', ['gitops']);
  const service = parseService(reader.text('service'));
  return {
    token: requireToken(token),
    pullRequest: reader.integer('pull-request', 1),
    service,
    name: reader.text('name') || defaultNameTemplate(service),
    hostRule: readHostRule(reader),
    scheme: reader.choice('scheme', ['https', 'http']),
    namespace: reader.required('namespace'),
    ...readImage(reader),
    template: reader.required('template'),
    target: readGitOpsTarget(reader, run, token),
    path: readEnginePath(reader),
    ttl: readTtl(reader),
    timeout: reader.duration('timeout'),
    health: readHealth(reader),
    environment: reader.required('environment'),
    deadline: reader.duration('deadline'),
  };
}

function requireToken(token: string): string {
  if (token !== '') return token;
  throw new ConfigurationError('Input "token" is empty; leave it out to use the token of the job.');
}

function readHostRule(reader: InputReader): HostRule {
  const domain = reader.text('domain');
  const host = reader.text('host');
  if ((domain === '') === (host === '')) {
    const given = domain === '' ? 'Neither "domain" nor "host" is' : 'Both "domain" and "host" are';
    throw new ConfigurationError(
      `${given} given; set exactly one: "domain" puts the preview at <name>.<domain>, "host" at a host of its own.`,
    );
  }
  return host === '' ? { domain: parseDomain(domain) } : { host };
}

function readImage(reader: InputReader): { readonly image: string; readonly tag: string } {
  const image = reader.required('image');
  const { tag, digest } = parseImageReference(image) ?? {};
  if (tag === undefined && digest === undefined) {
    throw illegal(
      'image',
      image,
      'an image reference with a tag or a digest, such as ghcr.io/acme/web:v1.0.42',
    );
  }
  return { image, tag: tag ?? '' };
}

function readTtl(reader: InputReader): number {
  const ttl = reader.duration('ttl');
  if (ttl < SHORTEST_TTL) throw illegal('ttl', `${ttl / 1000}s`, 'at least 1m');
  return ttl;
}

function readHealth(reader: InputReader): HealthInputs {
  const path = reader.required('health-path');
  if (!/^\/[!-"$-~]*$/.test(path))
    throw illegal('health-path', path, 'a path that starts with "/", without spaces and "#"');
  return {
    path,
    statuses: parseStatusRanges(reader.required('health-status'), 'health-status'),
    text: reader.text('health-text'),
  };
}
