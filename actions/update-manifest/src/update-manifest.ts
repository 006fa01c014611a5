import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import { compareCommits, connectGitHub, explain, parseRepositoryName } from '@gitops-actions/core/github';
import {
  createOrderGuard,
  type Edit,
  type GitOpsRepository,
  land,
  openGitOpsRepository,
  type Snapshot,
  workflowOf,
} from '@gitops-actions/core/gitops';
import type { CommitPair, OrderRule } from '@gitops-actions/core/release';
import { type Edited, editManifests } from './edit-manifests.ts';
import type { Inputs } from './inputs.ts';
import { commitMessage } from './message.ts';
import { type Outcome, outcomeOf, resultOf } from './outcome.ts';

/** Reads, edits, judges and lands; or, dry, only says what would be landed. */
export async function updateManifest(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { paths, images, values, addMissing, allowDowngrade, order } = inputs;
  const repository = await openGitOpsRepository(inputs.target, context);
  const guardBy = (rule: OrderRule) => orderGuard(rule, repository, inputs, context);
  const edit = editManifests({
    paths,
    images,
    values,
    addMissing,
    message: commitMessage(inputs.message, images, context.run),
    guard: allowDowngrade || order === 'none' ? undefined : guardBy(order),
    blockedGuard: guardBy(order === 'none' ? 'auto' : order),
    log: context.log,
  });
  const outcome = await (inputs.dryRun ? tryOut : landed)(repository, edit, inputs, context);
  context.log.info(outcome.sentence);
  return resultOf(outcome, repository.name);
}

function orderGuard(
  rule: OrderRule,
  repository: GitOpsRepository,
  { token }: Inputs,
  context: ActionContext,
) {
  const { run, signal } = context;
  const ancestry = async ({ current, candidate }: CommitPair) => {
    const github = await connectGitHub(token, context);
    const name = parseRepositoryName(run.repository, 'repository');
    return compareCommits(github, name, current, candidate).catch((error: unknown) => {
      throw explain(error, `compare ${current} and ${candidate} in ${run.repository}`, 'contents: read');
    });
  };
  return createOrderGuard({ rule, repository, workflow: workflowOf(run), ancestry, signal });
}

type Editing = (snapshot: Snapshot) => Promise<Edit<Edited>>;

/** Only the files that are searched, and those that values name. */
function pathsToRead({ paths, images, values }: Inputs): readonly string[] {
  return [...(images.length === 0 ? [] : paths), ...values.map(({ file }) => file)];
}

async function landed(
  repository: GitOpsRepository,
  edit: Editing,
  inputs: Inputs,
  { signal, log }: ActionContext,
): Promise<Outcome> {
  const { deadline } = inputs;
  const landing = await land(repository, edit, { paths: pathsToRead(inputs), deadline, signal, log });
  return outcomeOf(landing, repository.name);
}

async function tryOut(
  repository: GitOpsRepository,
  edit: Editing,
  inputs: Inputs,
  { signal }: ActionContext,
): Promise<Outcome> {
  const { result } = await edit(await repository.read(pathsToRead(inputs), signal));
  const sentence = `Dry run: nothing was written to ${repository.name}.`;
  return { result: 'dry-run', commit: '', url: '', edited: result, sentence };
}
