import { git } from './command.ts';

/** What each of two commits has among its ancestors and the other has not, oldest first; the commits themselves count. */
export async function separateHistories(
  directory: string,
  base: string,
  head: string,
): Promise<{ ahead: string[]; behind: string[] }> {
  const args = ['rev-list', '--reverse', '--date-order', '--left-right', `${base}...${head}`, '--'];
  const lines = (await git(args, { cwd: directory })).split('\n');
  const side = (mark: string) => lines.filter((line) => line[0] === mark).map((line) => line.slice(1));
  return { ahead: side('>'), behind: side('<') };
}
