import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILES = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH'] as const;

export type CommandFile = (typeof FILES)[number];

/** Creates the empty files through which a step talks to the runner; their paths by variable. */
export async function createCommandFiles(directory: string): Promise<Record<CommandFile, string>> {
  const paths = FILES.map((name) => [name, join(directory, name.toLowerCase())] as const);
  await Promise.all(paths.map(([, path]) => writeFile(path, '')));
  return Object.fromEntries(paths) as Record<CommandFile, string>;
}

/**
 * Reads `name=value` lines and `name<<DELIMITER` blocks.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 *
 * @throws Error where the runner would fail the step: a line of neither form, a block without its end
 */
export function parseKeyValues(text: string): Record<string, string> {
  const values: [string, string][] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    const pair = /^([^=]+)=(.*)$/.exec(line);
    if (block) {
      const end = lines.indexOf(block[2] ?? '', at + 1);
      if (end < 0)
        throw new Error(`A command file has no line "${block[2]}" that ends the value of ${block[1]}.`);
      values.push([block[1] ?? '', lines.slice(at + 1, end).join('\n')]);
      at = end;
    } else if (pair) values.push([pair[1] ?? '', pair[2] ?? '']);
    else throw new Error(`A command file holds a line of no known form: "${line}".`);
  }
  return Object.fromEntries(values);
}

/** What a step left in its files. */
export async function readCommandFiles(paths: Record<CommandFile, string>) {
  const text = (name: CommandFile) => readFile(paths[name], 'utf8');
  return {
    outputs: parseKeyValues(await text('GITHUB_OUTPUT')),
    summary: await text('GITHUB_STEP_SUMMARY'),
    state: parseKeyValues(await text('GITHUB_STATE')),
    environment: parseKeyValues(await text('GITHUB_ENV')),
    paths: (await text('GITHUB_PATH')).split('\n').filter(Boolean),
  };
}
