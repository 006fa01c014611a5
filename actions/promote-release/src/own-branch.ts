import type { ActionContext, Log } from '@gitops-actions/core/action';
import type { Edited, ManifestEdit } from '@gitops-actions/core/delivery';
import type { Edit, GitOpsRepository, RepositoryFile, Snapshot } from '@gitops-actions/core/gitops';
import { type Change, type ReadImage, versionText } from '@gitops-actions/core/manifest';
import type { Inputs } from './inputs.ts';
import type { Promotion } from './select-images.ts';
import { openSource, type Source } from './source.ts';
import { keyOf, type Stray, straysOf, textOf } from './strays.ts';
import { editBetween, ofThisSource, takeBackMessage, withoutStrays } from './take-back.ts';

/** The branch that a pull request is to be merged into, and what the promotion makes of it. */
export interface Base {
  readonly name: string;
  readonly files: readonly RepositoryFile[];
  readonly promotions: readonly Promotion[];
  readonly changes: readonly Change[];
}

/** On the branch, too, a release is new when it is new to the base: what the base has, nobody has to verify again. */
export function asOnBase(promotions: readonly Promotion[], base: Base): readonly Promotion[] {
  const isNewOf = new Map(base.promotions.map(({ reference, isNew }) => [reference.name, isNew]));
  return promotions.map((one) => ({ ...one, isNew: isNewOf.get(one.reference.name) ?? one.isNew }));
}

/** The edit that writes the images, judging by a context. */
export type InnerEdit = (context: ActionContext) => ManifestEdit;

interface Own {
  readonly snapshot: Snapshot;
  /** Those that are read as manifests. */
  readonly files: readonly RepositoryFile[];
  readonly branch: GitOpsRepository;
}

interface Plan {
  readonly inner: InnerEdit;
  readonly promotions: readonly Promotion[];
  readonly base: Base;
  readonly source: Source;
  readonly inputs: Inputs;
}

/**
 * The promotion on the pull request's own branch. A release that an earlier promotion brought there, and that the source
 * does not say any more, goes back to what the base has; then the branch is edited like any other.
 */
export async function onOwnBranch(own: Own, plan: Plan, context: ActionContext): Promise<Edit<Edited>> {
  const { snapshot, branch } = own;
  const { log, said } = heldBack(context.log);
  const edited = await plan.inner({ ...context, log })(snapshot, branch);
  const withdrawn = await withdrawnOf(own, plan, edited.result.changes, context);
  if (withdrawn.length === 0) {
    for (const say of said) say();
    return edited;
  }
  for (const { file, path, carried } of withdrawn)
    context.log.notice(
      `${file}: ${path} of the pull request held ${textOf(carried)}, which ${plan.source.name} does not say any more; it is taken back.`,
    );
  const state = withoutStrays(snapshot, withdrawn);
  const again = await plan.inner(context)(state, branch);
  const message = again.changes.length > 0 ? again.message : takeBackMessage(withdrawn, plan.source, context);
  return editBetween(snapshot, state, { ...again, message });
}

/**
 * Places that the promotion would leave alone on the branch, that it would not touch on the base, or that have lost a mark. The source is read
 * again after the branch: where it has moved on, a later promotion may have written there, and nothing is taken back.
 */
async function withdrawnOf(
  { files, branch }: Own,
  { promotions, base, source, inputs }: Plan,
  changes: readonly Change[],
  context: ActionContext,
): Promise<readonly Stray[]> {
  const moved = new Set(base.changes.filter(({ result }) => result === 'updated').map(keyOf));
  const suspects = new Set(changes.filter((change) => isSuspect(change, moved)).map(keyOf));
  const strays = promotions
    .flatMap((promotion) => straysOf(promotion, files, base.files))
    .filter((stray) => stray.isUnmarked || suspects.has(keyOf(stray)));
  if (strays.length === 0) return [];
  const own = await ofThisSource(strays, branch, source, context);
  if (own.length === 0) return [];
  const { images } = await openSource(inputs, context);
  return own.filter(
    ({ promotion }) => versionsOf(promotion, images).join() === versionsOf(promotion, source.images).join(),
  );
}

function isSuspect(change: Change, moved: ReadonlySet<string>): boolean {
  if (change.result === 'superseded' || change.result === 'held') return true;
  return change.result === 'updated' && !moved.has(keyOf(change));
}

function versionsOf({ reference: { name } }: Promotion, images: readonly ReadImage[]): readonly string[] {
  const own = images.filter(({ names }) => names.includes(name));
  return [...new Set(own.map(({ reference }) => versionText(reference)))].sort();
}

/** A log that keeps what is said until it is known to be true. */
function heldBack(log: Log): { readonly log: Log; readonly said: readonly (() => void)[] } {
  const said: (() => void)[] = [];
  const keep = (level: keyof Log) => (text: string) => void said.push(() => log[level](text));
  return {
    log: { debug: keep('debug'), info: keep('info'), notice: keep('notice'), warning: keep('warning') },
    said,
  };
}
