import { describe, expect, test } from '@jest/globals';
import { type Action, type ActionProcess, ConfigurationError, runAction } from '../../src/action/index.ts';

const RUN = {
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_NUMBER: '3',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_EVENT_NAME: 'push',
};

interface Written {
  readonly lines: string[];
  failed: boolean;
  /** Ended without waiting for timers. */
  atOnce?: boolean;
}

function processWith(
  environment: Record<string, string>,
  cancelAfter?: number,
): { host: ActionProcess; written: Written } {
  const written: Written = { lines: [], failed: false };
  const write = (kind: string) => (text: string) => void written.lines.push(`${kind}: ${text}`);
  const host: ActionProcess = {
    environment: { ...RUN, ...environment },
    runner: (redact) => ({
      info: write('info'),
      debug: () => {},
      notice: write('notice'),
      warning: write('warning'),
      error: (text) => write('error')(redact(text)),
      mask: write('mask'),
      output: (name, value) => write('output')(`${name}=${value}`),
      summary: async (markdown) => write('summary')(redact(markdown)),
    }),
    onCancel: (cancel) => {
      const timer = cancelAfter === undefined ? undefined : setTimeout(() => cancel('SIGINT'), cancelAfter);
      return () => clearTimeout(timer);
    },
    fail: (atOnce) => {
      written.failed = true;
      if (atOnce) written.atOnce = true;
    },
  };
  return { host, written };
}

const withoutSummary = (host: ActionProcess): ActionProcess => ({
  ...host,
  runner: (redact) => ({ ...host.runner(redact), summary: () => Promise.reject(new Error('EROFS')) }),
});

const circle: Record<string, unknown> = {};
circle.self = circle;

const action = (work: Action<string>['work']): Action<string> => ({
  name: 'sample',
  readInputs: (reader) => reader.required('path') + reader.secret('token'),
  work,
});

describe('the boundary', () => {
  test('writes outputs and summary', async () => {
    const { host, written } = processWith({ INPUT_PATH: 'x' });
    await runAction(
      action(async (path) => ({ outputs: { path }, summary: 'done' })),
      host,
    );
    expect(written).toEqual({ lines: ['output: path=x', 'summary: done'], failed: false });
  });

  test('a failure keeps the outputs and is one annotation', async () => {
    const { host, written } = processWith({ INPUT_PATH: 'x' });
    await runAction(
      action(async () => ({ outputs: { status: 'failed' }, summary: 'why', failure: 'Do this.' })),
      host,
    );
    expect(written).toEqual({
      lines: ['output: status=failed', 'summary: why', 'error: Do this.'],
      failed: true,
    });
  });

  test('masks secrets first and cuts them out of error texts', async () => {
    const { host, written } = processWith({ INPUT_PATH: 'x', INPUT_TOKEN: 'hunter2' });
    await runAction(
      action(async () => Promise.reject(new Error('bad token hunter2'))),
      host,
    );
    expect(written.lines).toEqual([
      'mask: hunter2',
      'mask: aHVudGVyMg==',
      'error: bad token ***',
      'summary: ### sample failed\n\n```text\nbad token ***\n```\n',
    ]);
  });

  test('a misspelt name explains the missing value', async () => {
    const { host, written } = processWith({ INPUT_PAHT: 'x' });
    await runAction(
      action(async () => ({ outputs: {}, summary: '' })),
      host,
    );
    expect(written.lines[0]).toBe('error: Unknown input "paht"; did you mean "path"?');
  });

  test.each([
    ['text', 'plain', 'plain'],
    ['an object', { odd: 1 }, '{"odd":1}'],
    ['undefined', undefined, 'undefined'],
    ['a circle', circle, '[object Object]'],
    ['a configuration error', new ConfigurationError('Say it.'), 'Say it.'],
  ])('whatever is thrown is reported: %s', async (_name, thrown, message) => {
    const { host, written } = processWith({ INPUT_PATH: 'x' });
    await runAction(
      action(async () => Promise.reject(thrown)),
      host,
    );
    expect(written.lines[0]).toBe(`error: ${message}`);
    expect(written.failed).toBe(true);
  });

  test('cancellation aborts the work and says so', async () => {
    const { host, written } = processWith({ INPUT_PATH: 'x' }, 5);
    const waiting = action(
      (_inputs, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    await runAction(waiting, host);
    expect(written.lines[0]).toBe('error: Cancelled by the runner (SIGINT).');
    expect(written).toMatchObject({ failed: true, atOnce: true });
  });

  test('a summary that cannot be written is a warning: the work is done', async () => {
    const { host, written } = processWith({ INPUT_PATH: 'x' });
    await runAction(
      action(async () => ({ outputs: { path: 'x' }, summary: 'done' })),
      withoutSummary(host),
    );
    expect(written).toEqual({
      lines: ['output: path=x', 'warning: The job summary could not be written (EROFS).'],
      failed: false,
    });
  });

  test('a summary that cannot be written does not hide a failure', async () => {
    const { host, written } = processWith({ INPUT_PATH: '' });
    await runAction(
      action(async () => ({ outputs: {}, summary: '' })),
      withoutSummary(host),
    );
    expect(written.lines).toEqual([
      'error: Input "path" is empty; it is required.',
      'warning: The job summary could not be written (EROFS).',
    ]);
    expect(written.failed).toBe(true);
  });

  test.each([
    [{ GITHUB_SHA: '' }, 'The variable GITHUB_SHA is not set; run this action in a GitHub Actions job.'],
    [{ GITHUB_RUN_ID: 'x' }, 'The variable GITHUB_RUN_ID is "x"; it must be a whole number.'],
    [
      { GITHUB_EVENT_PATH: '/no/such/file' },
      /^The event file \/no\/such\/file cannot be read \(ENOENT.*; it is written by the runner, so re-run the job\.$/,
    ],
  ])('refuses a broken environment %j', async (environment, message) => {
    const { host, written } = processWith({ INPUT_PATH: 'x', ...environment });
    await runAction(
      action(async () => ({ outputs: {}, summary: '' })),
      host,
    );
    const said = (written.lines[0] ?? '').replace('error: ', '');
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });
});
