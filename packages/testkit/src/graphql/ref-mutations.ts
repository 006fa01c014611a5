import { readRef } from '../git/refs.ts';
import { type RefUpdate, updateRefs } from '../git/update-ref.ts';
import { inTurn, isFastForward, moveRef, NO_COMMIT, refsChanged } from '../state/branches.ts';
import type { RepositoryRecord } from '../state/records.ts';
import { repositoryOfRef } from './commit-mutation.ts';
import { refSource } from './git-objects.ts';
import { findNode } from './query.ts';
import { type Args, type Context, fault, inputOf, plain, requireAccess, textOf } from './source.ts';

function repositoryOf(input: Args, context: Context): RepositoryRecord {
  const repository = findNode(input.repositoryId, context);
  if (repository.kind !== 'repository') throw fault('NOT_FOUND', 'Could not resolve to a Repository.');
  requireAccess(context, repository, 'contents', 'write');
  return repository;
}

async function requireTarget(repository: RepositoryRecord, ref: string, to: string): Promise<void> {
  if (!/^refs\/(heads|tags)\/[^\s~^:?*[\\]+$/.test(ref))
    throw fault('UNPROCESSABLE', `'${ref}' is not a valid ref name.`);
  if (to !== NO_COMMIT && (await repository.objects.get(to))?.type !== 'commit')
    throw fault('UNPROCESSABLE', `Could not resolve to a commit with the oid '${to}'.`);
}

/** https://docs.github.com/en/graphql/reference/git#createref */
export async function createRef(_: unknown, args: Args, context: Context) {
  const input = inputOf(args);
  const repository = repositoryOf(input, context);
  const [ref, to] = [textOf(input.name), textOf(input.oid)];
  await requireTarget(repository, ref, to);
  const made = await inTurn(repository, () =>
    moveRef(context.world, repository, { ref, from: NO_COMMIT, to }),
  );
  if (!made) throw fault('UNPROCESSABLE', `A ref named "${ref}" already exists in the repository.`);
  return plain({ ref: refSource(repository, ref, to) });
}

/** https://docs.github.com/en/graphql/reference/git#deleteref */
export async function deleteRef(_: unknown, args: Args, context: Context) {
  const { repository, ref } = repositoryOfRef(inputOf(args).refId, context);
  requireAccess(context, repository, 'contents', 'write');
  const from = readRef(repository.directory, ref);
  if (!from) throw fault('NOT_FOUND', `Could not resolve to a Ref with the name '${ref}'.`);
  await inTurn(repository, () => moveRef(context.world, repository, { ref, from, to: NO_COMMIT }));
  return plain({});
}

interface GivenUpdate {
  readonly name: string;
  readonly beforeOid?: string | null;
  readonly afterOid: string;
  readonly force?: boolean | null;
}

async function updateOf(repository: RepositoryRecord, given: GivenUpdate): Promise<RefUpdate> {
  const { name: ref, afterOid: to } = given;
  await requireTarget(repository, ref, to);
  if (repository.protectedBranches.has(ref.replace('refs/heads/', '')))
    throw fault(
      'UNPROCESSABLE',
      'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
    );
  const now = readRef(repository.directory, ref) ?? NO_COMMIT;
  const from = given.beforeOid ?? now;
  const isMove = from !== NO_COMMIT && to !== NO_COMMIT && !given.force;
  if (isMove && !(await isFastForward(repository, from, to)))
    throw fault('UNPROCESSABLE', `Update of ${ref} is not a fast forward`);
  return { ref, from, to };
}

/** All or none. https://docs.github.com/en/graphql/reference/git#updaterefs */
export async function updateManyRefs(_: unknown, args: Args, context: Context) {
  const input = inputOf(args);
  const repository = repositoryOf(input, context);
  const given = Array.isArray(input.refUpdates) ? (input.refUpdates as GivenUpdate[]) : [];
  const moved = await inTurn(repository, async () => {
    const updates = await Promise.all(given.map((one) => updateOf(repository, one)));
    const done = await updateRefs(repository.directory, updates);
    if (done) for (const { ref } of updates) refsChanged(context.world, repository, ref);
    return done;
  });
  // GitHub documents no wording for this.
  if (!moved) throw fault('UNPROCESSABLE', 'A ref does not point to its expected `beforeOid`.');
  return plain({});
}
