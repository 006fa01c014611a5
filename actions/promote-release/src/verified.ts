import { type ActionContext, ConfigurationError } from '@gitops-actions/core/action';
import {
  connectGitHub,
  MOST_DEPLOYMENTS,
  parseRepositoryName,
  type ReleaseDeployment,
  releaseDeployments,
} from '@gitops-actions/core/github';
import { type Evidence, isSettled, noEvidence, outcomeOf, weigh } from './evidence.ts';
import type { Promotion } from './select-images.ts';
import { textOf } from './strays.ts';

/** Releases that were not verified. */
export class Unverified extends ConfigurationError {
  readonly promotions: readonly Promotion[];

  constructor(promotions: readonly Promotion[], message: string) {
    super(message);
    this.promotions = promotions;
  }
}

/**
 * Refuses releases that were not verified in an environment: the newest Deployment that names a release and came to an
 * end must have reached success. Asks for nothing when there is nothing to promote.
 *
 * @throws Unverified that names every one that was not
 */
export async function refuseUnverified(
  promotions: readonly Promotion[],
  environment: string,
  token: string,
  context: ActionContext,
): Promise<void> {
  const evidence = await evidenceOn(promotions, environment, token, context);
  const bad = promotions.filter((promotion) => !isVerified(promotion, evidence));
  if (bad.length === 0) return;
  const problems = bad.map((promotion) => problemOf(promotion, evidence.get(promotion)));
  throw new Unverified(
    bad,
    `Not verified in ${environment}: ${problems.join(', ')}. Run verify-deployment there with "environment: ${environment}" and these "images" in ${context.run.repository}, or set "require-verified: false"`,
  );
}

/** Those of some releases that were verified in an environment. */
export async function verifiedOf(
  promotions: readonly Promotion[],
  environment: string,
  token: string,
  context: ActionContext,
): Promise<readonly Promotion[]> {
  const evidence = await evidenceOn(promotions, environment, token, context);
  return promotions.filter((promotion) => isVerified(promotion, evidence));
}

type AllEvidence = ReadonlyMap<Promotion, Evidence>;

async function evidenceOn(
  promotions: readonly Promotion[],
  environment: string,
  token: string,
  context: ActionContext,
): Promise<AllEvidence> {
  const evidence = new Map(promotions.map((promotion) => [promotion, noEvidence()]));
  if (promotions.length === 0) return evidence;
  const github = await connectGitHub(token, context);
  const repository = parseRepositoryName(context.run.repository, 'repository');
  for await (const deployment of releaseDeployments(github, repository, environment)) {
    for (const [promotion, known] of evidence) weigh(known, promotion, deployment);
    if ([...evidence].every(([{ reference }, known]) => isSettled(known, reference))) break;
  }
  return evidence;
}

function isVerified(promotion: Promotion, evidence: AllEvidence): boolean {
  const outcome = outcomeOf(evidence.get(promotion) ?? noEvidence());
  return outcome?.outcome === 'verified';
}

function problemOf({ reference }: Promotion, evidence = noEvidence()): string {
  return `${textOf(reference)} (${reasonOf(outcomeOf(evidence), evidence)})`;
}

function reasonOf(outcome: ReleaseDeployment | undefined, { otherDigest }: Evidence): string {
  if (outcome !== undefined) return `found degraded on ${outcome.createdAt.slice(0, 10)}`;
  if (otherDigest !== undefined) return `deployments name that tag with another digest, ${otherDigest}`;
  return `none of the last ${MOST_DEPLOYMENTS} deployments names it`;
}
