import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { program, temporaryDirectory } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { describeOn } from '../engines/suite.ts';
import { type Finding, runChecker, texts } from './finding.ts';
import { composites, root, workflows } from './project.ts';
import { fields } from './workflow.ts';

const CONFIG = join(import.meta.dirname, 'zizmor.yml');
const paths = [...workflows, ...composites].map(({ path }) => path);

interface Place {
  readonly symbolic: {
    readonly key: { readonly Local: { readonly verbatim_path: string } };
    readonly annotation: string;
    readonly kind: string;
  };
  readonly concrete: { readonly location: { readonly start_point: { readonly row: number } } };
}

interface Answer {
  readonly ident: string;
  readonly locations: readonly Place[];
}

/** The pedantic persona: what smells is a finding, too. */
async function zizmor(cwd: string, files: readonly string[], ...flags: string[]): Promise<Finding[]> {
  const pedantic = ['--offline', '--no-progress', '--strict-collection', '--persona', 'pedantic'];
  const args = [...pedantic, '--format', 'json', ...flags, ...files];
  const answers = JSON.parse(await runChecker(program('zizmor', 'zizmor'), args, cwd)) as Answer[];
  return answers.flatMap(({ ident, locations }) => {
    const place = locations.find(({ symbolic }) => symbolic.kind === 'Primary') ?? locations[0];
    if (place === undefined) return [];
    const { symbolic, concrete } = place;
    const at = `${symbolic.key.Local.verbatim_path}:${concrete.location.start_point.row + 1}`;
    return [{ kind: ident, text: `${at}: ${ident}: ${symbolic.annotation}` }];
  });
}

describeOn(['zizmor'], 'zizmor', () => {
  test('has nothing against workflows, starters and composite actions', async () => {
    expect(texts(await zizmor(root, paths, '--config', CONFIG))).toEqual([]);
  });

  test('is needed in each of its exceptions, and each has its reason', async () => {
    const found = new Set((await zizmor(root, paths, '--no-config')).map(({ kind }) => kind));
    const text = readFileSync(CONFIG, 'utf8');
    for (const rule of Object.keys(fields(fields(parse(text)).rules))) {
      expect([...found]).toContain(rule);
      expect(text).toMatch(new RegExp(`^  # \\S.*\\n  ${rule}:$`, 'm'));
    }
  });

  test('names file and line of a workflow that runs what others wrote', async () => {
    await using folder = await temporaryDirectory();
    await mkdir(join(folder.path, '.github/workflows'), { recursive: true });
    const path = '.github/workflows/sample.yml';
    const step = '      - run: echo ${{ github.event.pull_request.title }}';
    const head = ['name: Sample', 'on: pull_request_target', 'permissions: {}'];
    const job = ['jobs:', '  a:', '    name: A', '    runs-on: ubuntu-latest', '    steps:', step];
    await writeFile(join(folder.path, path), `${[...head, ...job].join('\n')}\n`);
    const found = texts(await zizmor(folder.path, [path], '--config', CONFIG));
    expect(found).toContainEqual(expect.stringMatching(`^${path}:2: dangerous-triggers: `));
    expect(found).toContainEqual(expect.stringMatching(`^${path}:9: template-injection: `));
  });
});
