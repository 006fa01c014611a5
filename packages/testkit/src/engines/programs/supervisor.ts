// A process of its own, between a test and the programs it needs. When the test's process is gone, however it ended,
// the channel to it closes: then every program is killed and their folder, the only argument, deleted.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import type { Order, ProgramSpec, Report } from './orders.ts';

const [folder = ''] = process.argv.slice(2);
const running = new Map<string, ChildProcess>();
const stopped = new WeakSet<ChildProcess>();

const say = (report: Report): void => {
  if (process.connected) process.send?.(report);
};

process.on('message', (order: Order) => {
  const work = 'start' in order ? start(order.start) : stop(order.stop, order.signal);
  work.then(
    () => say({ done: order.id }),
    (error: unknown) => say({ done: order.id, error: String(error) }),
  );
});

process.once('disconnect', async () => {
  await Promise.all([...running.keys()].map((name) => stop(name, 'SIGKILL')));
  if (folder !== '') rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  process.exit();
});

function start({ name, file, args, env, log }: ProgramSpec): Promise<void> {
  const output = openSync(log, 'a');
  // They live for a minute or two: to collect garbage as often as Go does by itself costs a fifth of their time. Up to the
  // limit, for several clusters run at once.
  const own = { GOGC: '400', GOMEMLIMIT: '600MiB', ...env };
  const child = spawn(file, args, { env: own, cwd: folder, stdio: ['ignore', output, output] });
  closeSync(output);
  running.set(name, child);
  child.once('exit', (code, signal) => {
    running.delete(name);
    if (!stopped.has(child)) say({ lost: name, how: signal ?? `exit code ${code}` });
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      running.delete(name);
      reject(error);
    });
  });
}

function stop(name: string, signal: NodeJS.Signals): Promise<void> {
  const child = running.get(name);
  if (!child) return Promise.resolve();
  stopped.add(child);
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
