import { explain } from '../failure.ts';
import { fullName } from '../repository-name.ts';
import type { ProposalPlace } from './look.ts';

export interface ChangedFile {
  readonly path: string;
  /** Object id of the file's new content; undefined when it was removed. */
  readonly blob?: string;
}

/** What one branch has that another has not, since they were one. */
export interface Side {
  /** Oldest first. */
  readonly commits: readonly { readonly id: string; readonly message: string }[];
  readonly files: readonly ChangedFile[];
  /** Whether these are all commits and files: the API shows 250 and 300. */
  readonly isWhole: boolean;
}

export interface Divergence {
  /** The last commit that both have. */
  readonly mergeBase: string;
  /** What the pull request's branch adds. */
  readonly ahead: Side;
  /** What its base has got since. */
  readonly behind: Side;
}

const NOTHING: Side = { commits: [], files: [], isWhole: true };

/**
 * Compares the pull request's branch with its base, in one request, or two when the base has moved on.
 * https://docs.github.com/rest/commits/commits#compare-two-commits
 *
 * @param base commit id
 * @param head commit id
 */
export async function diverge(place: ProposalPlace, base: string, head: string): Promise<Divergence> {
  if (base === head) return { mergeBase: base, ahead: NOTHING, behind: NOTHING };
  const there = await compare(place, base, head);
  const behind = there.behind === 0 ? NOTHING : (await compare(place, head, base)).side;
  return { mergeBase: there.mergeBase, ahead: there.side, behind };
}

interface Comparison {
  readonly mergeBase: string;
  readonly behind: number;
  readonly side: Side;
}

async function compare(place: ProposalPlace, from: string, to: string): Promise<Comparison> {
  const { data } = await place.github.rest.repos
    .compareCommitsWithBasehead({
      ...place.repository,
      basehead: `${from}...${to}`,
      request: { signal: place.signal },
    })
    .catch((error: unknown) => {
      throw explain(
        error,
        `compare ${place.branch} of ${fullName(place.repository)} with its base`,
        'contents: read',
      );
    });
  const files = data.files ?? [];
  return {
    mergeBase: data.merge_base_commit.sha,
    behind: data.behind_by,
    side: {
      commits: data.commits.map(({ sha, commit }) => ({ id: sha, message: commit.message })),
      files: files.flatMap((file): ChangedFile[] => {
        if (file.status === 'removed' || file.sha === null) return [{ path: file.filename }];
        const changed = { path: file.filename, blob: file.sha };
        return file.status === 'renamed' && file.previous_filename !== undefined
          ? [{ path: file.previous_filename }, changed]
          : [changed];
      }),
      isWhole: data.commits.length === data.total_commits && files.length < 300,
    },
  };
}
