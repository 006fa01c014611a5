import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { root } from './project.ts';

type FileProvider = NonNullable<Parameters<typeof convertWorkflowTemplate>[2]>;

/** Finds a called workflow of this repository in the working tree, under whatever version it is called. */
const workingTree: FileProvider = {
  getFileContent: async (reference) => {
    const isOwn = !('owner' in reference) || `${reference.owner}/${reference.repository}` === OWN;
    if (!isOwn) throw new Error(`${reference.path} is a workflow of another repository.`);
    return { name: reference.path, content: readFileSync(join(root, reference.path), 'utf8') };
  },
};

const OWN = 'gitops-actions/gitops-actions';

/** What GitHub's own parser says of a workflow, called workflows included. */
export async function errorsOf(path: string, text: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: path, content: text }, new NoOperationTraceWriter());
  if (value !== undefined) {
    await convertWorkflowTemplate(context, value, workingTree, { fetchReusableWorkflowDepth: 3 });
  }
  return context.errors.getErrors().map(({ message }) => message);
}
