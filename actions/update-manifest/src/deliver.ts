import type { ActionContext } from '@gitops-actions/core/action';
import { connectGitHub } from '@gitops-actions/core/github';
import { type GitOpsRepository, type GitOpsTarget, land, propose } from '@gitops-actions/core/gitops';
import type { ManifestEdit } from './edit-manifests.ts';
import type { Inputs } from './inputs.ts';
import { dryOutcome, landedOutcome, type Outcome, proposedOutcome } from './outcome.ts';
import type { ProposalStrategy } from './strategy.ts';

/** Brings an edit to its branch by the strategy that was asked for; or only tries it. */
export async function deliver(
  repository: GitOpsRepository,
  edit: ManifestEdit,
  inputs: Inputs,
  context: ActionContext,
): Promise<Outcome> {
  const { strategy, dryRun, deadline } = inputs;
  const { signal, log } = context;
  const paths = pathsToRead(inputs);
  if (dryRun) {
    const { result } = await edit(await repository.read(paths, signal), repository);
    return dryOutcome(result, repository.name);
  }
  const { target } = inputs;
  if (strategy.kind === 'pull-request' && target.transport === 'api')
    return proposed(edit, strategy, target, inputs, context);
  const landing = await land(repository, (snapshot) => edit(snapshot, repository), {
    paths,
    deadline,
    signal,
    log,
  });
  return landedOutcome(landing, repository.name);
}

async function proposed(
  edit: ManifestEdit,
  strategy: ProposalStrategy,
  target: GitOpsTarget,
  inputs: Inputs,
  context: ActionContext,
): Promise<Outcome> {
  const { deadline } = inputs;
  const { signal, log } = context;
  const github = await connectGitHub(target.token, context);
  const place = {
    github,
    repository: target.repository,
    base: target.branch,
    branch: strategy.branch,
    signal,
  };
  const options = { ...strategy, paths: pathsToRead(inputs), deadline, signal, log };
  const proposal = await propose(place, edit, options);
  if (proposal.isJobToken && proposal.pullRequest !== undefined) {
    log.warning(
      `Pull request ${proposal.pullRequest.number} was written with the job's own token, so its workflows do not start by themselves; pass the token of a GitHub App as "gitops-token".`,
    );
  }
  return proposedOutcome(proposal);
}

/** Files that are searched, when there are images to search for, and those that values name. */
function pathsToRead({ paths, images, values }: Inputs): readonly string[] {
  return [...(images.length === 0 ? [] : paths), ...values.map(({ file }) => file)];
}
