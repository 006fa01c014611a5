import type { Answer, Call } from './double.ts';

/** A GitHub Release, which GitHub on loopback does not have. */
export interface GitHubRelease {
  readonly body: string;
  /** How often it was written. */
  readonly revisions: number;
}

/** By their tags. */
export type GitHubReleases = Map<string, GitHubRelease>;

/**
 * Makes the tag with the job's token, and a release on it. As the real one does, it takes a tag that is there as it is,
 * whatever commit it is on, and writes the notes of a release that is there anew.
 */
export const release =
  (releases: GitHubReleases) =>
  async ({ input, env }: Call): Promise<Answer> => {
    const tag = input('tag_name');
    const repository = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}`;
    const headers = { authorization: `Bearer ${input('token')}`, 'content-type': 'application/json' };
    const found = await fetch(`${repository}/git/ref/tags/${tag}`, { headers });
    if (found.status === 404) {
      const body = { ref: `refs/tags/${tag}`, sha: input('target_commitish') || env.GITHUB_SHA };
      const made = await fetch(`${repository}/git/refs`, {
        ...{ method: 'POST', headers },
        body: JSON.stringify(body),
      });
      if (made.status !== 201) throw new Error(`${made.status}: ${await made.text()}`);
    } else if (found.status !== 200) throw new Error(`${found.status}: ${await found.text()}`);
    const before = releases.get(tag);
    releases.set(tag, {
      body: input('body') || (before?.body ?? ''),
      revisions: (before?.revisions ?? 0) + 1,
    });
    return {
      outputs: { url: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/releases/tag/${tag}`, id: '1' },
    };
  };
