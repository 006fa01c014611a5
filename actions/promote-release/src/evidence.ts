import type { ReleaseDeployment } from '@gitops-actions/core/github';
import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';
import type { Promotion } from './select-images.ts';

/** What Deployments, read from the newest on, say of one release. */
export interface Evidence {
  /** The newest that came to an end and names its digest. */
  byDigest?: ReleaseDeployment;
  /** The newest after that which came to an end and names its tag, where one of the two says no digest. */
  byTag?: ReleaseDeployment;
  /** A digest that another one names with this tag. */
  otherDigest?: string;
}

export function noEvidence(): Evidence {
  return {};
}

/** Takes one more Deployment into account, older than those before. */
export function weigh(evidence: Evidence, promotion: Promotion, deployment: ReleaseDeployment): void {
  const { reference, names } = promotion;
  for (const image of deployment.images) {
    const deployed = parseImageReference(image);
    if (deployed === undefined || !names.includes(deployed.name)) continue;
    const isPinned = deployed.digest !== undefined && reference.digest !== undefined;
    const isTag = deployed.tag !== undefined && deployed.tag === reference.tag;
    if (isPinned && deployed.digest === reference.digest) {
      if (deployment.outcome !== 'open') evidence.byDigest ??= deployment;
    } else if (isPinned && isTag) evidence.otherDigest ??= deployed.digest ?? '';
    else if (isTag && deployment.outcome !== 'open' && evidence.byDigest === undefined)
      evidence.byTag ??= deployment;
  }
}

/**
 * The Deployment that decides. One that names a tag alone says nothing good of a digest where others of that tag name
 * theirs: tags move. What it says of bad counts for all.
 */
export function outcomeOf({ byDigest, byTag, otherDigest }: Evidence): ReleaseDeployment | undefined {
  if (byTag?.outcome === 'failed') return byTag;
  return byDigest ?? (otherDigest === undefined ? byTag : undefined);
}

/** Whether older Deployments cannot change it. */
export function isSettled({ byDigest, byTag }: Evidence, { digest }: ImageReference): boolean {
  if (byDigest !== undefined || byTag?.outcome === 'failed') return true;
  return digest === undefined && byTag !== undefined;
}
