import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readComposite } from './composite.ts';
import { type Fields, fields, readWorkflow, type Workflow } from './workflow.ts';

export const root = join(import.meta.dirname, '..', '..');

/** What the rules compare a workflow with. */
export interface Project {
  /** By folder name under actions/ and .github/actions/. */
  readonly actions: ReadonlyMap<string, Metadata>;
  /** The workflows that GitHub loads from this repository, by path. */
  readonly callable: ReadonlyMap<string, Workflow>;
}

/** An action.yml. */
export interface Metadata {
  /** Its folder, relative to the root of the repository. */
  readonly folder: string;
  readonly inputs: Fields;
  readonly outputs: Fields;
}

/** Says what is wrong, a sentence each; nothing when all is well. */
export type Rule = (workflow: Workflow, project: Project) => readonly string[];

const paths = globSync(['.github/workflows/*.{yml,yaml}', 'workflows-templates/*.{yml,yaml}'], { cwd: root });

/** Every workflow and starter in the repository, discovered. */
export const workflows: readonly Workflow[] = paths
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => readWorkflow(path, readFileSync(join(root, path), 'utf8')));

/** The actions that are steps in YAML: what several reusable workflows do in the same way. */
export const composites: readonly Workflow[] = globSync('.github/actions/*/action.yml', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => readComposite(path, readFileSync(join(root, path), 'utf8')));

export const project: Project = {
  actions: new Map(
    globSync(['actions/*/action.yml', '.github/actions/*/action.yml'], { cwd: root }).map(readMetadata),
  ),
  callable: new Map(
    workflows.filter(({ path }) => path.startsWith('.github/')).map((workflow) => [workflow.path, workflow]),
  ),
};

function readMetadata(path: string): [string, Metadata] {
  const metadata = fields(parse(readFileSync(join(root, path), 'utf8')));
  const folder = dirname(path).replaceAll('\\', '/');
  return [basename(folder), { folder, inputs: fields(metadata.inputs), outputs: fields(metadata.outputs) }];
}

/** The name of an action of this repository, in any of the ways to refer to it. */
export function ownAction(uses: string | undefined): string | undefined {
  return /^(?:\$\/|\.\/|gitops-actions\/gitops-actions\/)(?:\.github\/)?actions\/([\w-]+)(?:@.*)?$/.exec(
    uses ?? '',
  )?.[1];
}

/** The path of a reusable workflow of this repository, in any of the ways to refer to it. */
export function ownWorkflow(uses: string | undefined): string | undefined {
  return /^(?:\$\/|\.\/|gitops-actions\/gitops-actions\/)(\.github\/workflows\/[^@]+)(?:@.*)?$/.exec(
    uses ?? '',
  )?.[1];
}

/** A starter is copied into other repositories. */
export function isStarter({ path }: Workflow): boolean {
  return path.startsWith('workflows-templates/');
}

/** What is passed but not declared, and what must be passed but is not. */
export function compareInputs(declared: Fields, passed: Fields, kind = 'input'): readonly string[] {
  const unknown = Object.keys(passed).filter((name) => !(name in declared));
  const missing = Object.entries(declared)
    .filter(([name, field]) => fields(field).required === true && !(name in passed))
    .map(([name]) => name);
  return [
    ...unknown.map((name) => `${kind} "${name}" is not declared`),
    ...missing.map((name) => `${kind} "${name}" is required and not passed`),
  ];
}
