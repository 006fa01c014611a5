import { type ActionContext, ConfigurationError, messageOf } from '@gitops-actions/core/action';
import { deliver, type ManifestEdit, readableFiles } from '@gitops-actions/core/delivery';
import type { GitOpsRepository, RepositoryFile } from '@gitops-actions/core/gitops';
import type { Inputs } from './inputs.ts';
import type { Source } from './source.ts';
import { type Stray, straysOf, textOf } from './strays.ts';
import { editBetween, ofThisSource, takeBackMessage, withoutStrays } from './take-back.ts';
import { type Unverified, verifiedOf } from './verified.ts';

/**
 * Takes releases back from an open pull request that promotions of this source brought there and that are not verified
 * any more, so that it cannot be merged with them.
 *
 * @param refusal what is not verified in the source
 * @returns the error to end with: what was refused, and what became of the pull request
 */
export async function callOff(
  refusal: Unverified,
  inputs: Inputs,
  source: Source,
  repository: GitOpsRepository,
  context: ActionContext,
): Promise<ConfigurationError> {
  const { strategy, dryRun } = inputs;
  const ended = (rest: string) => new ConfigurationError(`${refusal.message}${rest}`, { cause: refusal });
  if (strategy.kind === 'push' || dryRun) return ended('; nothing was written.');
  const { edit, taken } = callOffEdit(refusal, inputs, source, context);
  try {
    const { closed } = await deliver(repository, edit, inputs, context);
    if (taken().length === 0) return ended('; nothing was written.');
    const names = [...new Set(taken())].join(', ');
    return ended(
      closed === undefined
        ? `. The pull request of "${strategy.branch}" held ${names}; it was taken back from there.`
        : `. Pull request ${closed} held ${names} and is closed.`,
    );
  } catch (error) {
    context.signal.throwIfAborted();
    return ended(`. The pull request of "${strategy.branch}" may still hold it: ${messageOf(error)}`);
  }
}

function callOffEdit({ promotions }: Unverified, inputs: Inputs, source: Source, context: ActionContext) {
  let base: { readonly name: string; readonly files: readonly RepositoryFile[] } | undefined;
  let taken: readonly Stray[] = [];
  const edit: ManifestEdit = async (snapshot, branch) => {
    const files = readableFiles(snapshot, { paths: inputs.paths, name: branch.name });
    const isBase = base === undefined || base.name === branch.name;
    if (isBase) base = { name: branch.name, files };
    const found = promotions.flatMap((one) => (isBase ? [] : straysOf(one, files, base?.files ?? [])));
    const strays = await unverifiedOf(await ofThisSource(found, branch, source, context), inputs, context);
    if (strays.length > 0) taken = strays;
    const message = takeBackMessage(strays, source, context);
    const nothing = { changes: [], message, result: { changes: [], diff: '' } };
    return editBetween(snapshot, withoutStrays(snapshot, strays), nothing);
  };
  return { edit, taken: () => taken.map(({ carried }) => textOf(carried)) };
}

/** The branch may hold an older release that was verified: that one stays. */
async function unverifiedOf(
  strays: readonly Stray[],
  { verifiedIn, token }: Inputs,
  context: ActionContext,
): Promise<readonly Stray[]> {
  const asked = new Map(strays.map((stray) => [{ ...stray.promotion, reference: stray.carried }, stray]));
  const verified = new Set(await verifiedOf([...asked.keys()], verifiedIn, token, context));
  return [...asked].flatMap(([promotion, stray]) => (verified.has(promotion) ? [] : [stray]));
}
