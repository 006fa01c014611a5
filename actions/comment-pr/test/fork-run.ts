import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ActionRun, type RunActionOptions, temporaryDirectory } from '@gitops-actions/testkit';
import { expect } from '@jest/globals';
import { evaluate, inputsOf, readStarter } from './recipe.ts';
import type { Town } from './town.ts';

export const publish = readStarter('comment-publish.yml');
export const publishInputs = inputsOf(publish.job, '/comment-pr');

/** Fills the folder that the artifact is downloaded to. */
export type Artifact = (folder: string) => Promise<unknown>;

/** The step of comment-publish.yml after a run of the fork's pull request, with the token that its job has. */
export async function publishRun(here: Town, artifact: Artifact, options: Partial<RunActionOptions> = {}) {
  await using temp = await temporaryDirectory('runner-temp-');
  const given = evaluate(publishInputs, { 'runner.temp': temp.path });
  const folder = dirname(given['message-file'] ?? '');
  await mkdir(folder, { recursive: true });
  await artifact(folder);
  // Awaited here: the folder is gone once this block is left.
  return await here.run(
    here.event('workflow_run', { pullRequest: here.foreign }),
    { ...given, message: '' },
    { token: tokenOf(here, publish.job.permissions), env: { RUNNER_TEMP: temp.path }, ...options },
  );
}

/** A token that may do what a job is granted. */
export function tokenOf({ github }: Town, granted: Readonly<Record<string, 'read' | 'write'>>): string {
  const permissions = Object.fromEntries(
    Object.entries(granted).map(([name, access]) => [name.replaceAll('-', '_'), access]),
  );
  return github.issueToken({ permissions: { metadata: 'read', ...permissions } });
}

/** An artifact whose report has this text. */
export const text =
  (content: string | Uint8Array): Artifact =>
  (folder) =>
    writeFile(join(folder, 'report.md'), content);

/** Fails unless the run made a comment and had nothing to complain of. */
export const created = (run: ActionRun) => {
  expect(run.annotations).toEqual([]);
  expect(run.outputs.result).toBe('created');
};
