import { readdir, readFile } from 'node:fs/promises';

/**
 * Ends the processes that still have `mark` in their environment, for a step that left one behind would go on after the
 * tests. Only where the system shows environments (Linux).
 *
 * @returns what they were
 */
export async function endLeftovers(mark: string): Promise<readonly string[]> {
  const entries = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    entries.filter((entry) => /^\d+$/.test(entry)).map((pid) => look(pid, mark)),
  );
  const leftovers = found.filter((one) => one !== undefined);
  for (const { pid } of leftovers) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  return leftovers.map(({ command }) => command);
}

async function look(pid: string, mark: string) {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    if (!environment.split('\0').includes(mark)) return undefined;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return { pid: Number(pid), command: command.replaceAll('\0', ' ').trim() };
  } catch {
    return undefined;
  }
}
