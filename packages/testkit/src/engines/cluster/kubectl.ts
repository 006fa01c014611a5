import { program } from '../catalog.ts';
import { runProgram } from '../run-program.ts';
import type { Kubectl } from './types.ts';

/** @param env whose `KUBECONFIG` says as whom */
export function createKubectl(cwd: string, env: Readonly<Record<string, string>>): Kubectl {
  const file = program('kubernetes', 'kubectl');
  return async (...args) => (await runProgram(file, args, { cwd, env })).stdout;
}
