import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { root } from '../../scripts/project.ts';
import { describeOn } from './suite.ts';

describeOn(['kubernetes', 'kwok'], 'the end of a cluster', () => {
  test('leaves no process and no folder behind', async () => {
    const other = await startCluster();
    expect(processesOf(other.folder)).not.toEqual([]);
    await other.close();
    expect(processesOf(other.folder)).toEqual([]);
    expect(existsSync(other.folder)).toBe(false);
  });

  test('ends with the process that started it, even if that one is killed', async () => {
    const script = `import { startCluster } from ${JSON.stringify(join(root, 'packages/testkit/src/index.ts'))};
      console.log((await startCluster()).folder);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [chunk] = (await once(parent.stdout, 'data')) as [Buffer];
    const folder = chunk.toString().trim();
    expect(processesOf(folder)).not.toEqual([]);
    parent.kill('SIGKILL');
    while (processesOf(folder).length > 0) await sleep(50);
    expect(existsSync(folder)).toBe(false);
  });

  test('comes too when its supervisor is killed', async () => {
    const cluster = await startCluster();
    process.kill(pidOf(cluster.folder, 'supervisor.ts'), 'SIGKILL');
    while (processesOf(cluster.folder).length > 0) await sleep(50);
    await cluster.close();
    await rm(cluster.folder, { recursive: true });
  });

  test('is an error when one of its programs had ended by itself', async () => {
    const cluster = await startCluster();
    process.kill(pidOf(cluster.folder, '/kwok '), 'SIGKILL');
    await expect(cluster.programs.until('never', async () => false)).rejects.toThrow(
      'kwok ended by itself (SIGKILL)',
    );
    await expect(cluster.close()).rejects.toThrow('kwok ended by itself (SIGKILL)');
    expect(processesOf(cluster.folder)).toEqual([]);
  });
});

/** Command lines of a cluster's programs: each names a file in its folder. */
const processesOf = (folder: string): string[] =>
  execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));

function pidOf(folder: string, program: string): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return Number.parseInt(lines.find((line) => line.includes(program) && line.includes(folder)) ?? '', 10);
}
