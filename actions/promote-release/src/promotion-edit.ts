import { type ActionContext, ConfigurationError } from '@gitops-actions/core/action';
import {
  askRegistry,
  commitMessage,
  type Edited,
  editManifests,
  judgeBy,
  type ManifestEdit,
  readableFiles,
} from '@gitops-actions/core/delivery';
import type { CommitMessage, Edit, GitOpsRepository, RepositoryFile } from '@gitops-actions/core/gitops';
import type { ImageTarget } from '@gitops-actions/core/image';
import { readImages } from '@gitops-actions/core/manifest';
import type { Inputs } from './inputs.ts';
import { type Move, movesBetween, standing } from './moves.ts';
import { asOnBase, type Base, type InnerEdit, onOwnBranch } from './own-branch.ts';
import { type Promotion, selectImages } from './select-images.ts';
import type { Source } from './source.ts';
import { PROMOTED_FROM } from './take-back.ts';
import { refuseUnverified } from './verified.ts';

/** An edit, and what it last did to the branch that is promoted to. */
export interface PromotionEdit {
  readonly edit: ManifestEdit;
  readonly moves: () => readonly Move[];
  /** References of the promoted releases that stand there now. */
  readonly standing: () => readonly string[];
}

/**
 * The edit that promotes: what is common to both sides depends on the target's files, so all of it is done again on a fresh
 * head. Deployments and registries are asked once for the same releases.
 */
export function promotionEdit(inputs: Inputs, source: Source, context: ActionContext): PromotionEdit {
  const prepare = preparation(inputs, context);
  let base: Base | undefined;
  let last: { readonly moves: readonly Move[]; readonly standing: readonly string[] } | undefined;
  const edit: ManifestEdit = async (snapshot, branch) => {
    const files = readableFiles(snapshot, { paths: inputs.paths, name: branch.name });
    refuseOverlap(source, files, branch);
    const from = { images: source.images, where: `${inputs.fromPaths.join(', ') || '.'} of ${source.name}` };
    const to = { images: readImages(files), where: `${inputs.paths.join(', ') || '.'} of ${branch.name}` };
    const selected = selectImages(inputs.images, from, to, context.log);
    const isBase = base === undefined || base.name === branch.name;
    const promotions = base === undefined || isBase ? selected : asOnBase(selected, base);
    const inner = innerEdit(inputs, await prepare(promotions), source, context);
    // A proposal is first tried on the base: what merging it does is what people want to know.
    if (base !== undefined && !isBase)
      return onOwnBranch({ snapshot, files, branch }, { inner, promotions, base, source, inputs }, context);
    const edited = await inner(context)(snapshot, branch);
    base = { name: branch.name, files, promotions, changes: edited.result.changes };
    last = resultOn(promotions, files, edited);
    return edited;
  };
  return { edit, moves: () => last?.moves ?? [], standing: () => last?.standing ?? [] };
}

function innerEdit(
  inputs: Inputs,
  images: readonly ImageTarget[],
  source: Source,
  { run }: ActionContext,
): InnerEdit {
  const message = (written: readonly ImageTarget[]): CommitMessage => {
    const { headline, body } = commitMessage(inputs.message, written, run);
    return { headline, body: `${body}\n${PROMOTED_FROM}: ${source.revision}` };
  };
  return (context) =>
    editManifests({
      ...inputs,
      images,
      values: [],
      message,
      judgeOf: (judged) => judgeBy(inputs, judged, ofOneSource(context)),
    });
}

/** Guards that ask somebody, once for the same set of releases; then the images with their digests, if asked for. */
function preparation(inputs: Inputs, context: ActionContext) {
  const asked = new Map<string, ReturnType<typeof askRegistry>>();
  const ask = async (promotions: readonly Promotion[]) => {
    const { verifiedIn, token, registry } = inputs;
    const fresh = promotions.filter(({ isNew }) => isNew);
    if (verifiedIn !== '') await refuseUnverified(fresh, verifiedIn, token, context);
    const images = promotions.map(({ reference }) => ({ reference, kustomizeName: undefined }));
    return askRegistry(images, registry, context);
  };
  return (promotions: readonly Promotion[]): ReturnType<typeof askRegistry> => {
    const key = JSON.stringify(promotions);
    const known = asked.get(key) ?? ask(promotions);
    asked.set(key, known);
    return known;
  };
}

/** Ids that one workflow made stand on both sides: which workflow promoted them says nothing of their order. */
function ofOneSource(context: ActionContext): ActionContext {
  return { ...context, run: { ...context.run, workflowRef: '' } };
}

function refuseOverlap(source: Source, files: readonly RepositoryFile[], { name }: GitOpsRepository): void {
  if (name.toLowerCase() !== source.name.toLowerCase()) return;
  const both = files.find(({ path }) => source.files.includes(path));
  if (both !== undefined)
    throw new ConfigurationError(
      `The inputs "from-path" and "path" both hold ${both.path} of ${name}; name two environments that have no file in common.`,
    );
}

function resultOn(
  promotions: readonly Promotion[],
  files: readonly RepositoryFile[],
  { changes }: Edit<Edited>,
) {
  const before = readImages(files);
  const written = new Map(changes.map(({ path, content }) => [path, content]));
  const after = readImages(
    files.map((file) => ({ ...file, content: Buffer.from(written.get(file.path) ?? file.content) })),
  );
  return { moves: movesBetween(promotions, before, after), standing: standing(promotions, after) };
}
