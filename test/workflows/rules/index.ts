import type { Rule } from '../project.ts';
import * as calls from './calls.ts';
import * as concurrency from './concurrency.ts';
import * as permissions from './permissions.ts';
import * as references from './references.ts';
import * as steps from './steps.ts';

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule>> = {
  ...permissions,
  ...steps,
  ...references,
  ...calls,
  ...concurrency,
};
