import { runAction, startGitHub } from '@gitops-actions/testkit';
import type { Track } from './race-trial.ts';

/**
 * A GitHub on which the committed bundle races; to be closed by the caller.
 *
 * @param latency milliseconds added to each request
 */
export async function bundleTrack(latency = 0): Promise<Track> {
  const github = await startGitHub({ latency });
  const shop = await github.createRepository('acme/shop');
  return {
    github,
    shop,
    write: async (pull, { section, text, runId }) => {
      const payload = github.event('pull_request_target', { repository: shop, pullRequest: pull });
      // Of the two events the one for which the kit needs no test merge: starting ten jobs is the point here.
      const event = { name: 'pull_request_target', payload };
      const inputs = { section, message: text };
      const run = await runAction('comment-pr', { github, repository: shop, event, runId, inputs });
      const result = run.outputs.result ?? run.annotations.map(({ message }) => message).join(' ');
      return { exitCode: run.exitCode, requests: run.requests.length, result };
    },
  };
}
