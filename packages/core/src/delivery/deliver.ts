import type { ActionContext } from '../action/index.ts';
import { connectGitHub } from '../github/index.ts';
import { type GitOpsRepository, type GitOpsTarget, land, type PathSpec, propose } from '../gitops/index.ts';
import type { Edited, ManifestEdit } from './edit-manifests.ts';
import { dryOutcome, landedOutcome, type Outcome, proposedOutcome } from './outcome.ts';
import type { ProposalStrategy, Strategy } from './strategy.ts';
import type { Target } from './target.ts';

/** Where an edit goes, and how. */
export interface DeliverOptions {
  readonly target: Target;
  /** Files that are read. */
  readonly paths: PathSpec;
  readonly strategy: Strategy;
  readonly dryRun: boolean;
  /** How long to go on after conflicts; milliseconds. */
  readonly deadline: number;
}

/** Brings an edit to its branch by the strategy that was asked for; or only tries it. */
export async function deliver<Result extends Edited>(
  repository: GitOpsRepository,
  edit: ManifestEdit<Result>,
  options: DeliverOptions,
  context: ActionContext,
): Promise<Outcome<Result>> {
  const { target, paths, strategy, dryRun, deadline } = options;
  const { signal, log } = context;
  if (dryRun) {
    const { result } = await edit(await repository.read(paths, signal), repository);
    return dryOutcome(result, repository.name);
  }
  if (strategy.kind === 'pull-request' && target.transport === 'api')
    return proposed(edit, { ...options, strategy, target }, context);
  const landing = await land(repository, (snapshot) => edit(snapshot, repository), {
    paths,
    deadline,
    signal,
    log,
  });
  return landedOutcome(landing, repository.name);
}

interface ProposalPlan {
  readonly strategy: ProposalStrategy;
  readonly target: GitOpsTarget;
}

async function proposed<Result extends Edited>(
  edit: ManifestEdit<Result>,
  { strategy, target, paths, deadline }: DeliverOptions & ProposalPlan,
  context: ActionContext,
): Promise<Outcome<Result>> {
  const { signal, log } = context;
  const github = await connectGitHub(target.token, context);
  const place = {
    github,
    repository: target.repository,
    base: target.branch,
    branch: strategy.branch,
    signal,
  };
  const options = { ...strategy, paths, deadline, signal, log };
  const proposal = await propose(place, edit, options);
  if (proposal.isJobToken && proposal.pullRequest !== undefined) {
    log.warning(
      `Pull request ${proposal.pullRequest.number} was written with the job's own token, so its workflows do not start by themselves; pass the token of a GitHub App as "gitops-token".`,
    );
  }
  return proposedOutcome(proposal);
}
