import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import { isCommit } from '@gitops-actions/core/controller';
import { readTarget, type Target } from '@gitops-actions/core/delivery';
import type { ImageReference } from '@gitops-actions/core/image';
import { credentialsIn, logLinesFor, readLogLines } from '@gitops-actions/core/kubernetes';
import type { Selection } from './engine.ts';
import { readImages } from './image-inputs.ts';
import { type Nameable, readSelection } from './selection.ts';
import { readSmokeTests, type SmokeTest } from './smoke-inputs.ts';
import { ROLLOUTS, WORKLOADS } from './workload-kinds.ts';

/** Of time-outs; milliseconds. */
const SHORTEST = 1000;
const LONGEST = 24 * 3_600_000;
const ENGINES = ['argocd', 'flux', 'rollout', 'workload'] as const;

/** Who says whether the release runs. */
export type EngineName = (typeof ENGINES)[number];

/** What the workflow asked for; durations in milliseconds. */
export interface Inputs {
  readonly token: string;
  readonly engine: EngineName;
  readonly selection: Selection;
  readonly namespace: string;
  /** Full id; empty for the engines rollout and workload. */
  readonly commit: string;
  readonly images: readonly ImageReference[];
  readonly target: Target;
  readonly smokeTests: readonly SmokeTest[];
  readonly smokeTimeout: number;
  readonly timeout: number;
  /** Of the GitHub Deployment; empty makes none. */
  readonly environment: string;
  readonly environmentUrl: string;
  /** Content of a kubeconfig file; empty for the job's own. */
  readonly kubeconfig: string;
  readonly logLines: number;
}

/** What each engine takes for a name. */
const NAMES: Readonly<Record<EngineName, Nameable>> = {
  argocd: { what: 'an Application', words: [] },
  flux: { what: 'a Kustomization', words: ['kustomization', 'helmrelease'] },
  rollout: { what: 'a Rollout', words: ROLLOUTS.map(({ word }) => word) },
  workload: { what: 'a Deployment', words: WORKLOADS.map(({ word }) => word) },
};
const NAMESPACES: Readonly<Record<EngineName, string>> = {
  argocd: 'argocd',
  flux: 'flux-system',
  rollout: '',
  workload: '',
};

/** Reads all inputs, and refuses what does not fit together. */
export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  const engine = reader.choice('engine', ENGINES);
  const isController = engine === 'argocd' || engine === 'flux';
  return {
    token,
    engine,
    selection: readSelection(reader, NAMES[engine]),
    namespace: readNamespace(reader, engine),
    commit: readCommit(reader, engine, isController),
    images: readImages(reader, engine, !isController),
    target: readTarget(reader, run, token),
    smokeTests: readSmokeTests(reader),
    smokeTimeout: readTimeout(reader, 'smoke-timeout'),
    timeout: readTimeout(reader, 'timeout'),
    ...readEnvironment(reader, token),
    kubeconfig: reader.textWithSecrets('kubeconfig', credentialsIn),
    logLines: logLinesFor(readLogLines(reader), isPrivate(run)),
  };
}

/** Timers hold 24 days; a job on a runner of one's own lasts five, and nobody waits for a release that long. */
function readTimeout(reader: InputReader, name: string): number {
  const milliseconds = reader.duration(name);
  if (milliseconds >= SHORTEST && milliseconds <= LONGEST) return milliseconds;
  throw illegal(name, reader.text(name), 'a duration from 1s to 24h');
}

function readNamespace(reader: InputReader, engine: EngineName): string {
  const namespace = reader.text('namespace') || NAMESPACES[engine];
  if (namespace === '')
    throw new ConfigurationError(
      `Input "namespace" is empty; the engine ${engine} needs the namespace of what "application" names.`,
    );
  if (/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)) return namespace;
  throw illegal('namespace', namespace, 'a Kubernetes namespace, such as shop');
}

function readCommit(reader: InputReader, engine: EngineName, isNeeded: boolean): string {
  const commit = reader.text('commit').toLowerCase();
  if (commit === '' && !isNeeded) return commit;
  if (!isNeeded)
    throw new ConfigurationError(
      `Input "commit" is set, but the engine ${engine} knows nothing of commits; leave it out, and name the images.`,
    );
  if (commit === '')
    throw new ConfigurationError(
      `Input "commit" is empty; the engine ${engine} needs the commit in the GitOps repository that must run, such as the output "commit" of update-manifest.`,
    );
  if (isCommit(commit)) return commit;
  throw illegal('commit', commit, 'a full commit id of 40 characters');
}

function readEnvironment(reader: InputReader, token: string) {
  const environment = reader.text('environment');
  const environmentUrl = reader.text('environment-url');
  if (environmentUrl !== '' && !/^https?:\/\//i.test(environmentUrl))
    throw illegal('environment-url', environmentUrl, 'a URL that begins with https:// or http://');
  if (/[\r\n]/.test(environment))
    throw illegal('environment', environment, 'the name of one GitHub environment, on one line');
  if (environment === '' && environmentUrl !== '')
    throw new ConfigurationError(
      'Input "environment-url" is set, but "environment" is empty, so there is no Deployment to show it; set both, or neither.',
    );
  if (environment !== '' && token === '')
    throw new ConfigurationError('Input "token" is empty; leave it out to use the token of the job.');
  return { environment, environmentUrl };
}

/** Whether only its members see the repository of the workflow, as far as the event says. */
function isPrivate({ event: { repository } }: Run): boolean {
  return (
    typeof repository === 'object' &&
    repository !== null &&
    'private' in repository &&
    repository.private === true
  );
}
