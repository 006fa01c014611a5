export { CommandFailed, commandLine } from './command-failed.ts';
export type { Command, Exec, Finished } from './exec.ts';
export { spawnExec } from './spawn-exec.ts';
