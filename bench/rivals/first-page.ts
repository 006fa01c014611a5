import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startGitHub } from '@gitops-actions/testkit';
import type { Track } from '../../actions/comment-pr/test/race-trial.ts';

const PROGRAM = join(import.meta.dirname, 'first-page-comment.ts');

/** A GitHub on which the rival writes comments; to be closed by the caller. */
export async function firstPageTrack(latency: number): Promise<Track> {
  const github = await startGitHub({ latency });
  const shop = await github.createRepository('acme/shop');
  let started = 0;
  return {
    github,
    shop,
    write: async (pull, { section, text }) => {
      started += 1;
      const agent = `rival-${started}`;
      const child = spawn(process.execPath, [PROGRAM], {
        env: {
          PATH: process.env.PATH ?? '',
          API: github.apiUrl,
          REPOSITORY: 'acme/shop',
          NUMBER: String(pull.number),
          SECTION: section,
          TEXT: text,
          TOKEN: github.token,
          AGENT: agent,
        },
        stdio: 'ignore',
      });
      const [exitCode] = await once(child, 'close');
      const requests = github.requests().filter(({ userAgent }) => userAgent === agent).length;
      return { exitCode, requests, result: exitCode === 0 ? 'updated' : 'failed' };
    },
  };
}
