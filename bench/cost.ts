import { readFile } from 'node:fs/promises';

export interface Cost {
  readonly milliseconds: number;
  /** Of all processes that it started; milliseconds. */
  readonly cpu: number;
}

/** What it costs to do something in other programs. */
export async function cost(work: () => Promise<void>): Promise<Cost> {
  const [cpu, before] = [await childrenCpu(), performance.now()];
  await work();
  return { milliseconds: performance.now() - before, cpu: (await childrenCpu()) - cpu };
}

/** Of all processes that were started and waited for, in clock ticks of 10 ms. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function childrenCpu(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8').catch(() => '');
  const [cutime = Number.NaN, cstime = Number.NaN] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15)
    .map(Number);
  return (cutime + cstime) * 10;
}
