import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TemporaryDirectory, temporaryDirectory } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { root } from '../../scripts/project.ts';
import { describeOn } from './suite.ts';

const PROGRAM = `package main

import "fmt"

var version = "unknown"

func main() { fmt.Print(version) }
`;

// Where an engine is built there is Go.
describeOn(['kustomize'], 'building an engine', () => {
  let folder: TemporaryDirectory;
  let source: string;
  beforeAll(async () => {
    folder = await temporaryDirectory();
    source = folder.path;
    await writeFile(join(source, 'go.mod'), 'module tools/sample\n\ngo 1.22\n');
    await writeFile(join(source, 'main.go'), PROGRAM);
  });
  afterAll(async () => {
    await folder?.[Symbol.asyncDispose]();
  });

  const build = async (cache: string): Promise<string> => {
    const engine = {
      ...{ name: 'sample', source, module: 'tools/sample', version: 'v1.0.0' },
      ...{ programs: { sample: '.' }, variables: { 'main.version': 'v1.0.0' } },
    };
    const script = `import { buildEngine } from ${JSON.stringify(join(root, 'test/tools/build.ts'))};
      await buildEngine(${JSON.stringify(engine)}, console.log);`;
    const goCache = execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim();
    const env = { ...process.env, XDG_CACHE_HOME: cache, GOCACHE: goCache };
    const args = ['--input-type=module', '--eval', script];
    return (await promisify(execFile)(process.execPath, args, { env })).stdout;
  };

  test('happens once, also when two processes begin together', async () => {
    await using cache = await temporaryDirectory();
    const printed = await Promise.all([build(cache.path), build(cache.path)]);
    expect(printed.join('').match(/building sample/g)).toHaveLength(1);
    expect(await build(cache.path)).toBe('');
    const engines = join(cache.path, 'gitops-actions', 'engines');
    const [name = '', ...others] = await readdir(engines);
    expect(others).toEqual([]);
    expect(execFileSync(join(engines, name, 'bin', 'sample'), { encoding: 'utf8' })).toBe('v1.0.0');
  });

  test('happens again when a source changes, into another folder', async () => {
    await using cache = await temporaryDirectory();
    await build(cache.path);
    await writeFile(join(source, 'main.go'), PROGRAM.replace('fmt.Print(', 'fmt.Println('));
    expect(await build(cache.path)).toContain('building sample');
    expect(await readdir(join(cache.path, 'gitops-actions', 'engines'))).toHaveLength(2);
  });

  test('leaves nothing behind when it fails', async () => {
    await using cache = await temporaryDirectory();
    await writeFile(join(source, 'main.go'), 'package main\n\nfunc main() { missing() }\n');
    await expect(build(cache.path)).rejects.toThrow('undefined: missing');
    expect(await readdir(join(cache.path, 'gitops-actions', 'engines'))).toEqual([]);
  });

  test('takes over the lock of a process that is gone', async () => {
    await using cache = await temporaryDirectory();
    await writeFile(join(source, 'main.go'), PROGRAM);
    await build(cache.path);
    const engines = join(cache.path, 'gitops-actions', 'engines');
    const [name = ''] = await readdir(engines);
    const lock = join(engines, `${name}.lock`);
    await rm(join(engines, name), { recursive: true });
    await writeFile(lock, String(await pidThatIsGone()));
    expect(await build(cache.path)).toContain('building sample');
    expect(await readdir(engines)).toEqual([name]);
  });
});

async function pidThatIsGone(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}
