import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type ActionFile, readAction } from './action-file.ts';
import { createCommandFiles, readCommandFiles } from './command-files.ts';
import { readCommands } from './commands.ts';
import { type RunnerFolders, runnerEnvironment } from './environment.ts';
import { inputVariables } from './inputs.ts';
import { type JobContext, jobContext } from './job-context.ts';
import { type ProcessResult, runProcess } from './process.ts';
import { createTokenCopies, type TokenCopies } from './token-copies.ts';
import type { ActionRun, RunActionOptions } from './types.ts';

async function createFolders(
  root: string,
  action: ActionFile,
  options: RunActionOptions,
): Promise<RunnerFolders> {
  const [home, temp, files] = ['home', 'temp', 'files'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const workspace = options.workspace ?? join(root, 'workspace');
  await Promise.all([home, temp, files, workspace].map((path) => mkdir(path, { recursive: true })));
  const eventPath = join(files, 'event.json');
  return {
    home,
    temp,
    workspace,
    eventPath,
    actionPath: action.directory,
    files: await createCommandFiles(files),
  };
}

function expressions({ repository, github }: RunActionOptions, job: JobContext, token: string) {
  return {
    'github.token': token,
    'github.repository': repository.fullName,
    'github.repository_id': String(repository.id),
    'github.repository_owner': repository.owner,
    'github.server_url': github.url,
    'github.api_url': github.apiUrl,
    'github.graphql_url': github.graphqlUrl,
    'github.sha': job.sha,
    'github.ref': job.ref,
    'github.event_name': job.eventName,
    'github.actor': job.actor,
  };
}

/** Sources run as they are, with siblings taken from their sources too. */
function nodeArguments(main: string): string[] {
  return main.endsWith('.ts')
    ? ['--conditions=source', '--disable-warning=ExperimentalWarning', main]
    : [main];
}

async function result(ended: ProcessResult, folders: RunnerFolders, tokens: TokenCopies): Promise<ActionRun> {
  const { exitCode, signal, ms } = ended;
  const stdout = tokens.restore(ended.stdout);
  const written = await readCommandFiles(folders.files);
  const restored = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tokens.restore(value)]));
  return {
    exitCode,
    signal,
    stdout,
    stderr: tokens.restore(ended.stderr),
    ...readCommands(stdout),
    outputs: restored(written.outputs),
    summary: tokens.restore(written.summary),
    state: restored(written.state),
    environment: restored(written.environment),
    paths: written.paths,
    requests: tokens.requests(),
    ms,
  };
}

/**
 * Runs an action of this repository as a runner does: `actions/<name>/dist/index.js` on this Node, with the inputs and
 * defaults of its action.yml, the event's file, the command files and a clean environment. A `name` with a slash is the
 * path of another action's folder.
 *
 * @returns how it ended and all it said; a failed action is a result, not an error
 * @throws Error when there is nothing to run, or when it had to be killed after `timeout`
 */
export async function runAction(name: string, options: RunActionOptions): Promise<ActionRun> {
  const action = readAction(name, options.entry);
  await using root = await temporaryDirectory('runner-');
  const folders = await createFolders(root.path, action, options);
  const job = await jobContext(options);
  await writeFile(folders.eventPath, JSON.stringify(job.payload));
  const token = options.token ?? options.github.token;
  const tokens = createTokenCopies(options.github);
  const env = tokens.hide({
    ...runnerEnvironment(options, job, folders),
    ...inputVariables(action, options.inputs ?? {}, expressions(options, job, token)),
    ...options.env,
  });
  const where = { cwd: folders.workspace, env };
  const ended = await runProcess(process.execPath, nodeArguments(action.main), where, options);
  if (ended.timedOut) {
    const said = tokens.restore(`${ended.stdout}\n${ended.stderr}`).trim();
    throw new Error(`${name} did not end within ${options.timeout ?? 60_000} ms. It had said:\n${said}`);
  }
  // Awaited here: the folders are gone once this block is left.
  const run = await result(ended, folders, tokens);
  refuseOutputs(name, action, run, options);
  return run;
}

/** A step that ends well sets exactly the outputs that action.yml declares: nobody can read another one. */
function refuseOutputs(
  name: string,
  { outputs }: ActionFile,
  run: ActionRun,
  { env, entry }: RunActionOptions,
): void {
  const undeclared = Object.keys(run.outputs).filter((output) => !outputs.includes(output));
  if (undeclared.length > 0)
    throw new Error(`${name} sets outputs that its action.yml does not declare: ${undeclared.join(', ')}.`);
  const hasFile = env?.GITHUB_OUTPUT === undefined;
  const missing = outputs.filter((output) => run.outputs[output] === undefined);
  if (run.exitCode === 0 && hasFile && entry === undefined && missing.length > 0) {
    throw new Error(
      `${name} ended well without the outputs that its action.yml declares: ${missing.join(', ')}.`,
    );
  }
}
