import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  askRegistry,
  commitMessage,
  deliver,
  editManifests,
  judgeBy,
  onlyOnce,
  openTarget,
} from '@gitops-actions/core/delivery';
import type { Inputs } from './inputs.ts';
import { resultOf } from './result.ts';

/** Reads, edits, judges and lands; or, dry, only says what would be landed. */
export async function updateManifest(inputs: Inputs, given: ActionContext): Promise<ActionResult> {
  const context = { ...given, log: onlyOnce(given.log) };
  const { paths, values, addMissing } = inputs;
  const images = await askRegistry(inputs.images, inputs.registry, context);
  const edit = editManifests({
    paths,
    images,
    values,
    addMissing,
    message: (written) => commitMessage(inputs.message, written, context.run),
    judgeOf: (branch) => judgeBy(inputs, branch, context),
  });
  await using repository = await openTarget(inputs.target, context);
  const outcome = await deliver(repository, edit, { ...inputs, paths: pathsToRead(inputs) }, context);
  context.log.info(outcome.sentence);
  return resultOf(outcome, repository.name);
}

/** Files that are searched, when there are images to search for, and those that values name. */
function pathsToRead({ paths, images, values }: Inputs): readonly string[] {
  return [...(images.length === 0 ? [] : paths), ...values.map(({ file }) => file)];
}
