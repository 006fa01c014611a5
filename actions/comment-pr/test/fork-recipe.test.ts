import { describe, expect, test } from '@jest/globals';
import { created, publish, publishInputs, publishRun, text, tokenOf } from './fork-run.ts';
import { inputsOf, readStarter } from './recipe.ts';
import { visible } from './stage.ts';
import { town } from './town.ts';

const report = readStarter('comment-report.yml');
const TITLE = "## Report, written by the pull request's own code";

describe('the two halves fit together', () => {
  const upload = inputsOf(report.job, '/upload-artifact');
  const download = inputsOf(publish.job, '/download-artifact');

  test('what one keeps is what the other takes, from that run', () => {
    expect(publish.on.workflow_run).toEqual({ workflows: [report.name], types: ['completed'] });
    expect(download.name).toBe(upload.name);
    expect(download['run-id']).toBe('$' + '{{ github.event.workflow_run.id }}');
    expect(publishInputs['message-file']).toBe(`${download.path}/${upload.path?.split('/').at(-1)}`);
    expect(download.path).not.toBe('$' + '{{ runner.temp }}');
  });

  test("the half that runs the pull request's code can only read", () => {
    expect(Object.keys(report.on)).toEqual(['pull_request']);
    expect(report.job.permissions).toEqual({ contents: 'read' });
    expect(report.text).not.toContain('secrets.');
  });

  test('the half that writes runs nothing, and takes the number from nobody', () => {
    expect(
      publish.job.steps.filter(({ run, uses }) => run !== undefined || uses?.includes('checkout')),
    ).toEqual([]);
    expect(publish.text).not.toContain('secrets.');
    expect(publishInputs).not.toHaveProperty('pull-request');
  });
});

test('a report of a fork is commented on its pull request, and the next one takes its place', async () => {
  await using here = await town();
  created(await publishRun(here, text('12 tests passed'), { runId: 10 }));
  expect((await publishRun(here, text('13 tests passed'), { runId: 12 })).outputs.result).toBe('updated');
  expect((await publishRun(here, text('late'), { runId: 11 })).outputs.result).toBe('superseded');
  expect(here.commented()).toEqual([3]);
  expect(here.foreign.comments().map(({ body }) => visible(body))).toEqual([[TITLE, '13 tests passed']]);
});

test('its permissions are what the job needs in a private repository, and no less would do', async () => {
  await using here = await town({ private: true });
  const { 'pull-requests': needed, ...less } = publish.job.permissions;
  expect(needed).toBe('write');
  const none = await publishRun(here, text('hello'), { token: tokenOf(here, less) });
  expect(none.exitCode).toBe(1);
  expect(none.annotations[0]?.message).toContain(
    'Cannot look for the pull request of mona:main in acme/shop',
  );
  const reading = { ...less, 'pull-requests': 'read' } as const;
  const read = await publishRun(here, text('hello'), { token: tokenOf(here, reading) });
  expect(read.outputs.result).toBe('skipped');
  expect(here.commented()).toEqual([]);
  created(await publishRun(here, text('hello')));
  expect(here.commented()).toEqual([3]);
});
