import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isStarter, root, workflows } from './project.ts';

const folder = join(root, 'workflows-templates');
const starters = workflows.filter(isStarter).map(({ path, lines }) => ({
  name: path.slice('workflows-templates/'.length).replace(/\.ya?ml$/, ''),
  lines,
}));

/** https://docs.github.com/actions/how-tos/reuse-automations/create-workflow-templates */
describe.each(starters)('starter $name', ({ name, lines }) => {
  const properties: unknown = JSON.parse(readFileSync(join(folder, `${name}.properties.json`), 'utf8'));

  test('has the properties that GitHub shows', () => {
    expect(properties).toEqual({
      name: expect.stringMatching(/\S/),
      description: expect.stringMatching(/\S/),
      iconName: name,
      categories: expect.arrayContaining([expect.stringMatching(/\S/)]),
    });
    expect(existsSync(join(folder, `${name}.svg`))).toBe(true);
  });

  test('marks every value of the example to be replaced', () => {
    const unmarked = lines.filter(
      (line, index) =>
        /acme|example\.com|\$default-branch/.test(line) &&
        !`${lines[index - 1]}${line}`.includes('# replace'),
    );
    expect(unmarked).toEqual([]);
    expect(lines.some((line) => line.includes('# replace:'))).toBe(true);
  });

  test('is explained in the README', () => {
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`${name}.yml`);
  });
});

test('there is no file of a starter that is gone', () => {
  const names = globSync('*.{svg,properties.json}', { cwd: folder }).map((file) => file.split('.')[0]);
  expect(new Set(names)).toEqual(new Set(starters.map(({ name }) => name)));
});
