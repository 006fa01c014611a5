import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import { type GitOpsTarget, readGitOpsTarget } from '@gitops-actions/core/gitops';
import { parseImageReference } from '@gitops-actions/core/image';
import { credentialsIn, readLogLines } from '@gitops-actions/core/kubernetes';
import {
  type ControllerTarget,
  defaultNameTemplate,
  type HostRule,
  parseDomain,
  parseService,
  readControllerTarget,
  readEnginePath,
} from '@gitops-actions/core/preview';
import { type Gates, readGates } from './gate-inputs.ts';
import { type HealthInputs, readHealth } from './health-inputs.ts';
import { type HelmInputs, readHelmInputs } from './helm-inputs.ts';

const ENGINES = ['helm', 'kustomize', 'gitops'] as const;

/** How a preview is brought up. */
export type EngineName = (typeof ENGINES)[number];

/** What the workflow asked for; durations in milliseconds. */
export interface Inputs {
  readonly token: string;
  readonly engine: EngineName;
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
  readonly helm: HelmInputs;
  /** Folder of the checkout that the engine kustomize builds. */
  readonly overlay: string;
  /** Content of a kubeconfig file; empty for the job's own. */
  readonly kubeconfig: string;
  /** Lines of a failing container's log; `auto`: none where everybody may read them. */
  readonly logLines: number | 'auto';
  readonly template: string;
  readonly target: GitOpsTarget;
  /** Empty for an engine that writes no GitOps repository. */
  readonly path: string;
  /** Which controller is asked whether the preview runs; left out: none. */
  readonly controller: ControllerTarget | undefined;
  readonly gates: Gates;
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
  const engine = reader.choice('engine', ENGINES);
  const isGitOps = engine === 'gitops';
  const controller = readControllerTarget(reader, isGitOps);
  const service = parseService(reader.text('service'));
  return {
    token: requireToken(token),
    engine,
    pullRequest: reader.integer('pull-request', 1),
    service,
    name: reader.text('name') || defaultNameTemplate(service),
    hostRule: readHostRule(reader),
    scheme: reader.choice('scheme', ['https', 'http']),
    namespace: reader.required('namespace'),
    ...readImage(reader),
    helm: readHelmInputs(reader, engine === 'helm'),
    overlay: engine === 'kustomize' ? reader.required('overlay') : reader.text('overlay'),
    kubeconfig: reader.textWithSecrets('kubeconfig', credentialsIn),
    logLines: readLogLines(reader),
    template: isGitOps ? reader.required('template') : reader.text('template'),
    target: readGitOpsTarget(reader, run, token),
    path: readEnginePath(reader, isGitOps),
    controller,
    gates: readGates(reader),
    ttl: readTtl(reader),
    timeout: reader.duration('timeout'),
    health: readHealth(reader, isGitOps && controller === undefined ? '/' : ''),
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
