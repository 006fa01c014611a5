import { readFileSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { program, type TemporaryDirectory, temporaryDirectory } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { describeOn } from '../engines/suite.ts';
import { type Finding, runChecker, texts } from './finding.ts';
import { project, root, workflows } from './project.ts';
import { fields } from './workflow.ts';

const CONFIG = join(import.meta.dirname, 'actionlint.yml');

interface Answer {
  readonly filepath: string;
  readonly line: number;
  readonly kind: string;
  readonly message: string;
}

/** actionlint knows `./` only, where it also compares inputs and their types; the lines stay the same. */
const inOwnWords = (text: string): string =>
  text
    .replaceAll('uses: $/', 'uses: ./')
    .replace(/uses: gitops-actions\/gitops-actions\/(\S+)@v1/g, 'uses: ./$1');

/** Starters stand among the workflows: only there they may call another by `./`. */
const placeOf = (path: string): string =>
  path.startsWith('.github/') ? path : `.github/workflows/starter-${basename(path)}`;

describeOn(['actionlint'], 'actionlint', () => {
  let folder: TemporaryDirectory;
  beforeAll(async () => {
    folder = await temporaryDirectory();
    // It takes the folder above for the root of the repository.
    await mkdir(join(folder.path, '.git'));
    for (const action of project.actions.values())
      await cp(join(root, action.folder), join(folder.path, action.folder), {
        recursive: true,
        filter: (source) => !source.includes('node_modules'),
      });
    for (const { path, lines } of workflows) await put(placeOf(path), inOwnWords(lines.join('\n')));
  });
  afterAll(async () => {
    await folder?.[Symbol.asyncDispose]();
  });

  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(folder.path, path)), { recursive: true });
    await writeFile(join(folder.path, path), text);
  };
  const lint = async (paths: readonly string[], config: readonly string[]): Promise<Finding[]> => {
    // Without the checkers of scripts, which not every machine has; scripts here are one command.
    const flags = ['-format', '{{json .}}', '-shellcheck', '', '-pyflakes', ''];
    const files = paths.map((path) => placeOf(path));
    const args = [...flags, ...config, ...files];
    const answers = JSON.parse(await runChecker(program('actionlint', 'actionlint'), args, folder.path)) as
      | Answer[]
      | null;
    return (answers ?? []).map(({ filepath, line, kind, message }) => {
      const path = paths.find((one) => placeOf(one) === filepath) ?? filepath;
      return { kind, text: `${path}:${line}: ${message}` };
    });
  };
  const paths = workflows.map(({ path }) => path);

  test('has nothing against workflows and starters', async () => {
    expect(texts(await lint(paths, ['-config-file', CONFIG]))).toEqual([]);
  });

  test('is needed in each of its exceptions, and each has its reason', async () => {
    const found = texts(await lint(paths, []));
    const lines = readFileSync(CONFIG, 'utf8').split('\n');
    const { ignore } = fields(fields(fields(parse(lines.join('\n'))).paths)['**/*']);
    for (const pattern of ignore as string[]) {
      expect(found).toContainEqual(expect.stringMatching(new RegExp(pattern)));
      const line = lines.findIndex((one) => one.includes(pattern));
      expect(lines[line - 1]?.trim()).toMatch(/^# \S/);
    }
  });

  test('names file and line of an input that is none and of a text for a number', async () => {
    const path = '.github/workflows/sample.yml';
    const action = ['      - uses: $/actions/release-id', '        with: { image-prefx: a }'];
    const call = [
      ...['  b:', '    uses: $/.github/workflows/cleanup-previews.yml'],
      '    with: { engine: helm, max-deletions: "${{ github.sha }}" }',
    ];
    const job = ['on: push', 'jobs:', '  a:', '    runs-on: ubuntu-latest', '    steps:', ...action, ...call];
    await put(path, inOwnWords(job.join('\n')));
    expect(texts(await lint([path], ['-config-file', CONFIG]))).toEqual([
      expect.stringMatching(`^${path}:7: input "image-prefx" is not defined in action`),
      expect.stringMatching(`^${path}:10: input "max-deletions" is typed as number`),
    ]);
  });
});
