import { type Application, isCommit, revisionsOf, sourcesOf } from '@gitops-actions/core/controller';
import { isFromElsewhere, isInfrastructure } from './infrastructure.ts';

/** What kustomize, Helm and Argo CD say only of manifests: https://github.com/argoproj/argo-cd/tree/master/reposerver/repository */
const SURE = [
  'must build at directory|accumulating resources: .*no such file|invalid Kustomization|unknown field',
  'execution error at|parse error at|YAML parse error|error converting YAML|error parsing .*yaml',
  "values don't meet the specifications|app path does not exist|error unmarshaling JSON|failed to unmarshal",
].join('|');

/**
 * Why manifests do not render, where the manifests are surely to blame; undefined otherwise. What a program of Argo CD or a
 * server elsewhere may have done is left out.
 */
export function renderError({ status }: Application): string | undefined {
  const error = status?.conditions?.find(({ type }) => type === 'ComparisonError');
  if (error === undefined || status?.sync?.status !== 'Unknown') return undefined;
  return isFaultOfManifests(error.message) ? `${error.type}: ${error.message}` : undefined;
}

/** Whether a text says what only manifests can be to blame for. */
export function isFaultOfManifests(message: string): boolean {
  return new RegExp(SURE, 'is').test(message) && !isFromElsewhere(message) && !isInfrastructure(message);
}

export interface Wanted {
  readonly isOurs: (repoUrl: string) => boolean;
  readonly isCurrent: (revision: string) => boolean;
  /** How sources name the branch with the commit. */
  readonly targets: readonly string[];
}

/**
 * What an Application follows instead of the wanted revision; undefined when what it last tried to render is that. Argo CD
 * writes down the commit, but the name of the branch where it got no further than an error.
 */
export function followsOther(
  { spec, status }: Application,
  { isOurs, isCurrent, targets }: Wanted,
): string | undefined {
  const sources = sourcesOf(spec);
  const revisions = revisionsOf(status?.sync);
  const own = sources.filter(({ repoURL = '' }) => isOurs(repoURL));
  for (const source of own.length === 0 ? sources : own) {
    const { targetRevision = '' } = source;
    const revision = revisions.length === sources.length ? revisions[sources.indexOf(source)] : undefined;
    const isWanted =
      revision !== undefined && isCommit(revision) ? isCurrent(revision) : targets.includes(targetRevision);
    if (!isWanted) return targetRevision || 'HEAD';
  }
  return undefined;
}
