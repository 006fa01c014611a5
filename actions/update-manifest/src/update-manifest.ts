import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import { askRegistry } from './ask-registry.ts';
import { deliver } from './deliver.ts';
import { type EditOptions, editManifests } from './edit-manifests.ts';
import type { Inputs } from './inputs.ts';
import { judgeBy } from './judge.ts';
import { commitMessage } from './message.ts';
import { resultOf } from './result.ts';
import { openTarget } from './target.ts';

/** Reads, edits, judges and lands; or, dry, only says what would be landed. */
export async function updateManifest(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { paths, values, addMissing } = inputs;
  const images = await askRegistry(inputs, context);
  const options: EditOptions = {
    paths,
    images,
    values,
    addMissing,
    message: commitMessage(inputs.message, images, context.run),
    judgeOf: (branch) => judgeBy(inputs, branch, context),
  };
  await using repository = await openTarget(inputs.target, context);
  const outcome = await deliver(repository, editManifests(options), inputs, context);
  context.log.info(outcome.sentence);
  return resultOf(outcome, repository.name);
}
