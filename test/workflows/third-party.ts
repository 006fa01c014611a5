import { pinsOfGitHub } from './pins-of-github.ts';
import { pinsOfOthers } from './pins-of-others.ts';

/** What is known of an action of somebody else. */
export interface Pin {
  readonly version: string;
  /** The commit that the version's tag points to, not the tag object. */
  readonly sha: string;
  /** The inputs that may be passed, read in its action.yml. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Every action that is not of this repository and may be used. */
export const thirdParty: Readonly<Record<string, Pin>> = { ...pinsOfGitHub, ...pinsOfOthers };

/** `owner/name@ref` of somebody else's action; the name without a folder in it. */
export function parseThirdParty(uses: string): { readonly name: string; readonly ref: string } {
  const [path = '', ref = ''] = uses.split('@');
  return { name: path.split('/').slice(0, 2).join('/'), ref };
}
