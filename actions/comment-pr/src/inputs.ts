import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import {
  HIDING_REASONS,
  type HidingReason,
  parseRepositoryName,
  type RepositoryName,
} from '@gitops-actions/core/github';
import { readMessage } from './message.ts';
import { MODES, type Mode } from './mode.ts';

/** What the workflow asked for. */
export interface Inputs {
  readonly token: string;
  readonly repository: RepositoryName;
  /** Undefined: the event says which. */
  readonly number: number | undefined;
  readonly mode: Mode;
  readonly hideAs: HidingReason;
  readonly onLocked: 'warn' | 'fail';
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly order: 'run' | 'none';
  /** Markdown; secrets are cut out of it. Empty when the mode writes no text. */
  readonly message: string;
}

/** GraphQL's `Int`. */
const LARGEST_NUMBER = 2 ** 31 - 1;
const LONGEST_NAME = 100;
const LONGEST_TITLE = 200;

/** Reads all inputs, and refuses what does not fit together. */
export function readInputs(reader: InputReader, run: Run): Inputs {
  // The token comes first: all that ends up in the comment is read without it.
  const token = readToken(reader);
  const number = reader.integer('pull-request', 1, LARGEST_NUMBER);
  const mode = reader.choice('mode', MODES);
  const inputs: Inputs = {
    token,
    mode,
    number,
    repository: readRepository(reader, run, number),
    id: readLine(reader, 'id', LONGEST_NAME) || reader.required('id'),
    section: readLine(reader, 'section', LONGEST_NAME),
    title: readLine(reader, 'title', LONGEST_TITLE),
    order: reader.choice('order', ['run', 'none']),
    hideAs: reader.choice('hide-as', HIDING_REASONS),
    onLocked: reader.choice('on-locked', ['warn', 'fail']),
    message: readMessage(reader, run, mode),
  };
  if (mode === 'hide') requireEmpty(inputs, 'section', 'hides the whole comment');
  if (mode === 'hide' || mode === 'delete') requireEmpty(inputs, 'title', 'writes nothing');
  return inputs;
}

function requireEmpty(inputs: Inputs, name: 'section' | 'title', doing: string): void {
  if (inputs[name] === '') return;
  throw new ConfigurationError(
    `Input "${name}" is ${JSON.stringify(inputs[name])}, but mode "${inputs.mode}" ${doing}; leave it out.`,
  );
}

function readToken(reader: InputReader): string {
  const token = reader.secret('token');
  if (token !== '') return token;
  throw new ConfigurationError('Input "token" is empty; leave it out to use the token of the job.');
}

function readRepository(reader: InputReader, run: Run, number: number | undefined): RepositoryName {
  const name = reader.text('repository') || run.repository;
  if (name.toLowerCase() !== run.repository.toLowerCase() && number === undefined) {
    throw new ConfigurationError(
      `Input "repository" is ${JSON.stringify(name)}, not this repository, so the event does not say which pull request; set the input "pull-request".`,
    );
  }
  return parseRepositoryName(name, 'repository');
}

function readLine(reader: InputReader, name: string, longest: number): string {
  const value = reader.withoutSecrets(reader.text(name));
  if (value.length <= longest && !/[\r\n]/.test(value)) return value;
  throw illegal(name, value, `one line of at most ${longest} characters`);
}
