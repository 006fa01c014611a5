import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import { parseRepositoryName, type RepositoryName } from '@gitops-actions/core/github';
import { readMessage } from './message.ts';

/** What the workflow asked for. */
export interface Inputs {
  readonly token: string;
  readonly repository: RepositoryName;
  /** Undefined: the event says which. */
  readonly number: number | undefined;
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly order: 'run' | 'none';
  /** Markdown; secrets are cut out of it. */
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
  return {
    token,
    number,
    repository: readRepository(reader, run, number),
    id: readLine(reader, 'id', LONGEST_NAME) || reader.required('id'),
    section: readLine(reader, 'section', LONGEST_NAME),
    title: readLine(reader, 'title', LONGEST_TITLE),
    order: reader.choice('order', ['run', 'none']),
    message: readMessage(reader, run),
  };
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
