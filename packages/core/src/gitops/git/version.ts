import { ConfigurationError } from '../../action/index.ts';

/** The first release with GIT_CONFIG_GLOBAL. */
const OLDEST: readonly [major: number, minor: number] = [2, 32];

/** @param printed what `git version` prints */
export function refuseOldGit(printed: string): void {
  const text = printed.trim();
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const isNew = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  if (!isNew)
    throw new ConfigurationError(
      `The runner has ${text || 'a git without a version'}; \`transport: git\` needs ${OLDEST.join('.')} or newer.`,
    );
}
