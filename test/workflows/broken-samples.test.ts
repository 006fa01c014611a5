import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { project } from './project.ts';
import { rules } from './rules/index.ts';
import { readWorkflow } from './workflow.ts';

interface Sample {
  readonly rule: string;
  readonly path?: string;
  readonly problem: string;
  readonly workflow: string;
}

const file = join(import.meta.dirname, 'fixtures', 'broken-samples.yml');
const samples = parse(readFileSync(file, 'utf8')) as readonly Sample[];

describe('a broken workflow is named by', () => {
  test.each(samples.map((sample) => [sample.rule, sample.problem, sample] as const))(
    '%s: %s',
    (rule, problem, { path = 'sample.yml', workflow }) => {
      expect(rules[rule]?.(readWorkflow(path, workflow), project)).toEqual([problem]);
    },
  );
});

test('each rule has a broken sample', () => {
  expect(new Set(samples.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)));
});
