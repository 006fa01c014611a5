import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  deliver,
  type Judge,
  judgeBy,
  type ManifestEdit,
  openTarget,
  readableFiles,
} from '@gitops-actions/core/delivery';
import { fullName } from '@gitops-actions/core/github';
import { fewRoots, type GitOpsRepository, type Snapshot, trailerOf } from '@gitops-actions/core/gitops';
import { referenceText } from '@gitops-actions/core/manifest';
import { ImageCheck } from './check-images.ts';
import { Choice } from './choice.ts';
import type { Bad } from './choose-bad.ts';
import type { Decision } from './decide.ts';
import { type Back, editBack } from './edit-back.ts';
import type { Inputs } from './inputs.ts';
import { rollbackMessage } from './message.ts';
import { OwnBranch } from './own-branch.ts';
import { leftIn, resultOf } from './result.ts';
import type { RolledBack } from './rolled-back.ts';

/** The history of more files is that of their folder. */
const MOST_LISTED = 5;

/** Looks up what stood there before, checks it, and lands it; or, dry, only says what would be landed. */
export async function rollbackRelease(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  await using repository = await openTarget(inputs.target, context);
  const outcome = await deliver(repository, new Rollback(inputs, context).edit, inputs, context);
  for (const warning of outcome.edited.warnings) context.log.warning(warning);
  const left = leftIn(outcome.edited.decision).map(referenceText);
  if (left.length > 0)
    context.log.notice(
      `Of the images in "images", ${left.join(', ')} did not stand at ${inputs.release || 'the release to undo'}, and stays as it is.`,
    );
  const result = resultOf(outcome, repository.name, inputs.reason);
  context.log.info(result.sentence);
  return result;
}

/** The edit: what goes back is decided on the branch that is released, again after every conflict. */
class Rollback {
  readonly #inputs: Inputs;
  readonly #context: ActionContext;
  readonly #images: ImageCheck;
  readonly #choice: Choice;
  readonly #own: OwnBranch;

  constructor(inputs: Inputs, context: ActionContext) {
    this.#inputs = inputs;
    this.#context = context;
    this.#images = new ImageCheck(inputs.verifyImage, context);
    this.#choice = new Choice(inputs, context);
    this.#own = new OwnBranch(this.#choice, ownBranch(inputs), context.signal);
  }

  readonly edit: ManifestEdit<RolledBack> = async (snapshot, branch) => {
    const { reason, message } = this.#inputs;
    const files = readableFiles(snapshot, { ...this.#inputs, name: branch.name });
    const here = { ...snapshot, files };
    const { decision, replaceable } = await this.#own.decide(here, branch);
    if (decision?.kind !== 'undo') return nothing(await this.#heldPlaces(here, decision, branch), decision);
    const undo = await this.#images.complete(decision.undo);
    const judge = judgeOf(this.#inputs, branch, decision.bad, this.#context);
    const { held, bad } = decision;
    const back = await editBack(here, { undo, held, replaceable, reason, judge });
    const commit = rollbackMessage(message, bad, undo, reason, this.#context.run);
    return { changes: back.files, message: commit, result: { ...back, decision: { ...decision, undo } } };
  };

  async #heldPlaces(
    here: Snapshot,
    decision: Decision | undefined,
    branch: GitOpsRepository,
  ): Promise<Back | undefined> {
    if (decision?.kind !== 'held') return undefined;
    const judge = judgeBy(this.#inputs, branch, this.#context);
    return editBack(here, { undo: [], held: decision.held, replaceable: () => [], reason: '', judge });
  }
}

function nothing(back: Back | undefined, decision: Decision | undefined) {
  const result = { changes: back?.changes ?? [], diff: '', warnings: [], decision };
  return { changes: [], message: { headline: '', body: '' }, result };
}

/** How messages call the branch of the pull request; undefined without one. */
function ownBranch({ strategy, target }: Inputs): string | undefined {
  if (strategy.kind === 'push' || target.transport === 'git') return undefined;
  return `${fullName(target.repository)}@${strategy.branch}`;
}

/** Marks are ordered as the runs of the workflow that wrote the bad release order theirs, whoever rolls it back. */
function judgeOf(
  inputs: Inputs,
  branch: GitOpsRepository,
  { moment, spots }: Bad,
  context: ActionContext,
): Judge {
  const messages = moment?.messages ?? [];
  const workflowRef = messages.map((text) => trailerOf(text, 'Source-Workflow')).find(Boolean) ?? '';
  // One history for all of them: by itself each file would ask for its own.
  const files = [...new Set(spots.map(({ file }) => file))];
  let known: ReturnType<GitOpsRepository['log']> | undefined;
  const log = () => (known ??= branch.log(fewRoots(files, MOST_LISTED), context.signal));
  return judgeBy(inputs, { log }, { ...context, run: { ...context.run, workflowRef } });
}
