import * as core from '@actions/core';

/** What an action may say while it works. Text from outside cannot become a workflow command. */
export interface Log {
  info(text: string): void;
  debug(text: string): void;
  notice(text: string): void;
  warning(text: string): void;
}

/** What the boundary needs of the runner; `officialRunner` is the one that ships. */
export interface Runner extends Log {
  error(text: string): void;
  mask(secret: string): void;
  output(name: string, value: string): void;
  summary(markdown: string): Promise<void>;
}

/**
 * The runner through the official toolkit.
 *
 * @param redact cuts secrets out of a text before it is written anywhere
 */
export function officialRunner(redact: (text: string) => string): Runner {
  // Who reads the output may be gone; what was begun is brought to its end.
  process.stdout.on('error', () => {});
  return {
    info: (text) => core.info(withoutCommands(redact(text))),
    debug: (text) => core.debug(redact(text)),
    notice: (text) => core.notice(redact(text)),
    warning: (text) => core.warning(redact(text)),
    error: (text) => core.error(redact(text)),
    mask: (secret) => core.setSecret(secret),
    output: (name, value) => core.setOutput(name, value),
    summary: async (markdown) => {
      // A runner without the file (an old GHES, a local run) still gets everything else.
      if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(redact(markdown), true).write();
    },
  };
}

/**
 * Breaks what the runner would take for a workflow command (`::error::` at the start of a line, `##[` anywhere) with
 * a zero-width space. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 *
 * The runner passes over white space as .NET knows it, which counts U+0085 besides what JavaScript's `\s` does.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\r\n]|\u0085)*:(?=:)/gm, '$&\u200B').replaceAll('##[', '##\u200B[');
}
