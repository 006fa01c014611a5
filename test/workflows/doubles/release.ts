import type { Answer, Call } from './double.ts';

/** Makes the tag with the job's token; a GitHub Release is not among what GitHub on loopback has. */
export async function release({ input, env }: Call): Promise<Answer> {
  const repository = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}`;
  const tag = input('tag_name');
  const body = { ref: `refs/tags/${tag}`, sha: input('target_commitish') || env.GITHUB_SHA };
  const response = await fetch(`${repository}/git/refs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${input('token')}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  return {
    outputs: { url: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/releases/tag/${tag}`, id: '1' },
  };
}
