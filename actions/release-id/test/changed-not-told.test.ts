import { describe, expect, test } from '@jest/globals';
import { ALL, COMPARE, RUNS, startStage } from './changed-stage.ts';

describe('GitHub does not tell: all, with a warning', () => {
  test.each([
    [
      'actions: read',
      { contents: 'read' },
      'look for the last run of ci.yml on main that ended well in acme/shop',
    ],
    ['contents: read', { actions: 'read' }, 'compare'],
  ] as const)('without %s', async (permission, permissions, doing) => {
    await using stage = await startStage();
    const token = stage.github.issueToken({ permissions });
    const { kept, answer } = await stage.ask({ token });
    expect(kept).toEqual(ALL);
    expect(answer.basis.level).toBe('warning');
    expect(answer.basis.text).toContain(
      `All services are kept, because GitHub did not tell what changed. Cannot ${doing}`,
    );
    expect(answer.basis.text).toContain(`The token needs \`${permission}\``);
  });

  test('a workflow that GitHub does not know', async () => {
    await using stage = await startStage();
    const workflowRef = 'acme/shop/.github/workflows/new.yml@refs/heads/main';
    const { kept, answer } = await stage.ask({ run: { workflowRef } });
    expect(kept).toEqual(ALL);
    expect(answer.basis.level).toBe('warning');
  });

  test.each([RUNS, COMPARE])('502 of %s, after it was tried again', async (match) => {
    await using stage = await startStage();
    const end = stage.github.inject({ match, status: 502, body: { message: 'Server Error' } });
    const { kept, answer } = await stage.ask();
    expect(kept).toEqual(ALL);
    expect(answer.basis.text).toContain('Server Error (502)');
    end();
    stage.github.inject({ match, times: 1, status: 502, body: { message: 'Server Error' } });
    expect((await stage.ask()).kept).toEqual(['always']);
  });

  test.each([RUNS, COMPARE])('an answer of %s that is not one of GitHub', async (match) => {
    await using stage = await startStage();
    stage.github.inject({ match, status: 200, body: {} });
    const { kept, answer } = await stage.ask();
    expect(kept).toEqual(ALL);
    expect(answer.basis.text).toContain('the answer is not one of GitHub');
  });

  test('a run that was cancelled ends instead', async () => {
    await using stage = await startStage();
    const controller = new AbortController();
    controller.abort(new Error('cancelled'));
    await expect(stage.ask({ signal: controller.signal })).rejects.toThrow('cancelled');
  });
});
