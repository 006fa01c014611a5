import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call, Double } from '../doubles/double.ts';

/** A call as the program in the job sends it. */
interface Asked {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A call that was made, for what a test asserts. */
export interface Made {
  readonly name: string;
  readonly args: readonly string[];
  /** By the names of action.yml in upper case, as the runner passes them on. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly job: string;
}

/** Where the doubles in the jobs have their work done. */
export interface DoubleServer extends AsyncDisposable {
  readonly url: string;
  /** In order of arrival. */
  readonly made: readonly Made[];
  /** Those of one double. */
  madeBy(name: string): readonly Made[];
}

/** Serves every double on loopback. */
export async function serveDoubles(doubles: Readonly<Record<string, Double>>): Promise<DoubleServer> {
  const made: Made[] = [];
  const server = createServer(async (request, response) => {
    const answer = await work(doubles, made, request).catch((error: unknown) => ({
      error: Error.isError(error) ? error.message : String(error),
    }));
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    made,
    madeBy: (name) => made.filter((call) => call.name === name),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function work(doubles: Readonly<Record<string, Double>>, made: Made[], request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const asked = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
  made.push({ name: asked.name, args: asked.args, inputs: inputsOf(asked), job: asked.env.GITHUB_JOB ?? '' });
  const double = doubles[asked.name];
  if (double === undefined) throw new Error(`There is no double of ${asked.name}.`);
  return double(callOf(asked));
}

const callOf = ({ args, cwd, env }: Asked): Call => ({
  args,
  cwd,
  env,
  input: (name) => env[variable(name)] ?? '',
});

const variable = (name: string): string => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;

function inputsOf({ env }: Asked): Readonly<Record<string, string>> {
  const given = Object.entries(env).filter(([name]) => name.startsWith('INPUT_'));
  return Object.fromEntries(given.map(([name, value]) => [name.slice('INPUT_'.length), value]));
}
