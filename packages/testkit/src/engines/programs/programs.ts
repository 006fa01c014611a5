import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order, ProgramSpec, Report } from './orders.ts';

/** Long-running programs that end with the process that started them, and with it at the latest. */
export interface Programs extends AsyncDisposable {
  start(program: Omit<ProgramSpec, 'log'>): Promise<void>;
  /** Resolves when it has ended. Default signal: SIGKILL. */
  stop(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Stops it and starts it again with the same arguments. */
  restart(name: string): Promise<void>;
  /** What it has printed so far. */
  log(name: string): Promise<string>;
  /**
   * Asks until the answer is neither `undefined`, nor `false`, nor an error.
   *
   * @throws Error when a program ended by itself, or after `timeout` milliseconds (default 45,000)
   */
  until<T>(what: string, ask: () => Promise<T | undefined | false>, timeout?: number): Promise<T>;
  /** Ends all and deletes the folder. Throws when one had ended by itself. */
  close(): Promise<void>;
}

type Send = (order: { start: ProgramSpec } | { stop: string; signal: NodeJS.Signals }) => Promise<void>;

/** @param folder theirs alone; deleted with them */
export function startPrograms(folder: string): Programs {
  const lost: string[] = [];
  // Its own process group: Ctrl-C in the terminal must not end it before it has ended the programs.
  const supervisor = fork(join(import.meta.dirname, 'supervisor.ts'), [folder], {
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const send = connect(supervisor, (name, how) => lost.push(`${name} ended by itself (${how})`));
  const specs = new Map<string, ProgramSpec>();
  const stop = (name: string, signal: NodeJS.Signals = 'SIGKILL') => send({ stop: name, signal });
  const log = (name: string) => readFile(join(folder, `${name}.log`), 'utf8').catch(() => '');
  const closed = once(supervisor, 'exit');
  const close = async () => {
    if (supervisor.connected) supervisor.disconnect();
    await closed;
    if (lost.length > 0) throw new Error(`${lost.join(', ')}.`);
  };
  const programs: Programs = {
    async start(program) {
      const spec = { ...program, log: join(folder, `${program.name}.log`) };
      specs.set(program.name, spec);
      await send({ start: spec });
    },
    stop,
    async restart(name) {
      const spec = specs.get(name);
      if (!spec)
        throw new Error(`No program ${name} was started; there are ${[...specs.keys()].join(', ')}.`);
      await stop(name);
      await send({ start: spec });
    },
    log,
    until: async (what, ask, timeout = 45_000) => {
      const assertAlive = async () => {
        const name = lost[0]?.split(' ', 1)[0];
        if (name !== undefined) throw new Error(`${lost[0]}: ${lastLines(await log(name))}`);
      };
      return waitUntil(what, ask, { timeout, assertAlive });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  return programs;
}

function connect(supervisor: ChildProcess, onLost: (name: string, how: string) => void): Send {
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let last = 0;
  supervisor.on('message', (report: Report) => {
    if ('lost' in report) return onLost(report.lost, report.how);
    const order = waiting.get(report.done);
    waiting.delete(report.done);
    if (report.error === undefined) order?.resolve();
    else order?.reject(new Error(report.error));
  });
  supervisor.once('exit', (code) => {
    if (code !== 0) killGroup(supervisor.pid);
    for (const order of waiting.values()) order.reject(new Error('The supervisor of the programs is gone.'));
  });
  return (order) => {
    last += 1;
    const answer = Promise.withResolvers<void>();
    waiting.set(last, answer);
    supervisor.send({ id: last, ...order } satisfies Order);
    return answer.promise;
  };
}

/** The programs of a supervisor that did not end as it should. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!Error.isError(error) || !('code' in error) || error.code !== 'ESRCH') throw error;
  }
}

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-5).join('\n');

async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  { timeout, assertAlive }: { timeout: number; assertAlive: () => Promise<void> },
): Promise<T> {
  const started = performance.now();
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await assertAlive();
    if (performance.now() - started > timeout) {
      const reason = last === undefined ? '' : ` Last answer: ${String(last)}`;
      throw new Error(`Not within ${timeout} ms: ${what}.${reason}`, { cause: last });
    }
    await sleep(50);
  }
}
