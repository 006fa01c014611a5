import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { type StartPairs, startPairs } from './start-pairs.ts';

/** release-id from start to end with its default formats and two services: id, matrix and summary are written, nothing is asked. */
export async function releaseIdRun(bundle: string): Promise<StartPairs> {
  await using directory = await temporaryDirectory();
  const files = ['output', 'summary', 'event'].map((name) => join(directory.path, name));
  const [output = '', summary = '', event = ''] = files;
  await Promise.all([writeFile(output, ''), writeFile(summary, ''), writeFile(event, '{}')]);
  const env = {
    PATH: process.env.PATH ?? '',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_EVENT_PATH: event,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SHA: 'abc1234'.padEnd(40, '0'),
    // Nobody listens there: a request would fail.
    GITHUB_API_URL: 'http://127.0.0.1:1',
    GITHUB_GRAPHQL_URL: 'http://127.0.0.1:1/graphql',
    ...INPUTS,
  };
  return startPairs([bundle], env, 0);
}

const INPUTS = {
  INPUT_FORMAT: 'v1.0.{{run_number}}-{{sha}}',
  'INPUT_PREVIEW-FORMAT': 'pr-{{pr}}-{{run_number}}-{{sha}}',
  'INPUT_VERSION-FROM': 'none',
  'INPUT_TAG-PREFIX': 'v',
  'INPUT_CHANGED-ONLY': 'false',
  'INPUT_CHANGED-SINCE': 'auto',
  'INPUT_IMAGE-PREFIX': 'ghcr.io/acme',
  INPUT_SERVICES: 'frontend\norders',
  INPUT_TOKEN: 'job',
};
