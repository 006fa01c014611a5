import { Cancelled, ConfigurationError, messageOf } from './configuration-error.ts';
import { type Environment, InputReader } from './inputs.ts';
import { fence } from './markdown.ts';
import { type Run, readRun } from './run.ts';
import { type Log, officialRunner, type Runner } from './runner.ts';

/** What an action gets from the boundary, besides its inputs. */
export interface ActionContext {
  readonly run: Run;
  /** The process's variables, for programs that are started. */
  readonly environment: Environment;
  readonly log: Log;
  /** Aborted when the runner cancels the job; its reason is `Cancelled`. About ten seconds remain then. */
  readonly signal: AbortSignal;
}

/** What an action hands back: the boundary writes it. */
export interface ActionResult {
  /** Every output that action.yml declares, each time; empty when it has no value. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown for the job summary. */
  readonly summary: string;
  /** Set when the step must be red although the outputs are valid: one sentence that says what to do. */
  readonly failure?: string;
}

/** An action: how its inputs are read and what it does with them. */
export interface Action<Inputs> {
  /** Name of the action's folder. */
  readonly name: string;
  /** Reads every declared input exactly once, and refuses what does not fit together. */
  readonly readInputs: (reader: InputReader, run: Run) => Inputs;
  readonly work: (inputs: Inputs, context: ActionContext) => Promise<ActionResult>;
  /** Inputs that were renamed: old name → new name. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** The process an action runs in: what the boundary takes from outside. */
export interface ActionProcess {
  readonly environment: Environment;
  readonly runner: (redact: (text: string) => string) => Runner;
  /** Calls back with the signal's name when the runner cancels the job; returns a function that stops listening. */
  readonly onCancel: (cancel: (signalName: string) => void) => () => void;
  /**
   * Makes the step red.
   *
   * @param atOnce the run was cancelled: end now, whatever timers of libraries are still waiting for
   */
  readonly fail: (atOnce: boolean) => void;
}

/**
 * The one error boundary: reads the inputs, does the work, writes outputs, summary and failure. Never throws.
 *
 * Nothing is done before all inputs were read and every passed name was checked. A failure ends as one sentence in
 * an annotation and in the summary; the stack goes to the debug log. Secrets are cut out of all of it.
 */
export async function runAction<Inputs>(
  action: Action<Inputs>,
  host: ActionProcess = officialProcess,
): Promise<void> {
  const reader = new InputReader(host.environment);
  const runner = host.runner((text) => reader.withoutSecrets(text));
  const controller = new AbortController();
  const stopListening = host.onCancel((name) => controller.abort(new Cancelled(name)));
  try {
    const run = readRun(host.environment);
    const inputs = readAll(action, reader, runner, run);
    const result = await action.work(inputs, {
      run,
      environment: host.environment,
      log: runner,
      signal: controller.signal,
    });
    // The runner masks what is printed, not what is handed on.
    for (const [name, value] of Object.entries(result.outputs))
      runner.output(name, reader.withoutSecrets(value));
    await summarize(runner, result.summary);
    if (result.failure === undefined) return;
    runner.error(result.failure);
    host.fail(controller.signal.aborted);
  } catch (thrown) {
    await report(action.name, thrown, controller.signal, runner);
    host.fail(controller.signal.aborted);
  } finally {
    stopListening();
  }
}

function readAll<Inputs>(action: Action<Inputs>, reader: InputReader, runner: Runner, run: Run): Inputs {
  try {
    const inputs = action.readInputs(reader, run);
    reader.refuseUnknown(action.renamed);
    return inputs;
  } catch (error) {
    // A misspelt name explains a missing value better than "it is required" does.
    reader.refuseUnknown(action.renamed);
    throw error;
  } finally {
    for (const secret of reader.secrets) runner.mask(secret);
  }
}

async function report(name: string, thrown: unknown, signal: AbortSignal, runner: Runner): Promise<void> {
  const cause = signal.aborted && !(thrown instanceof ConfigurationError) ? signal.reason : thrown;
  const message = messageOf(cause);
  runner.error(message);
  if (Error.isError(thrown) && thrown.stack) runner.debug(stackOf(thrown));
  await summarize(runner, `### ${name} failed\n\n${fence(message, 'text')}\n`);
}

/** The work is done when the summary is written: a file that takes none must not turn it red, nor hide why it is. */
async function summarize(runner: Runner, markdown: string): Promise<void> {
  try {
    await runner.summary(markdown);
  } catch (error) {
    runner.warning(`The job summary could not be written (${messageOf(error)}).`);
  }
}

function stackOf(error: Error): string {
  const cause = Error.isError(error.cause) ? `\ncaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

const officialProcess: ActionProcess = {
  environment: process.env,
  runner: officialRunner,
  onCancel: (cancel) => {
    process.on('SIGINT', cancel).on('SIGTERM', cancel);
    return () => void process.off('SIGINT', cancel).off('SIGTERM', cancel);
  },
  fail: (atOnce) => {
    process.exitCode = 1;
    // After what was printed is out: a pipe may be asynchronous.
    if (atOnce) process.stdout.write('', () => process.exit());
  },
};
