import type { Log } from '../action/index.ts';

/**
 * A log that says each notice and warning once: an edit is done again after a conflict, and on the branch of a pull request.
 */
export function onlyOnce(log: Log): Log {
  const said = new Set<string>();
  const once = (level: 'notice' | 'warning') => (text: string) => {
    if (said.has(`${level} ${text}`)) return;
    said.add(`${level} ${text}`);
    log[level](text);
  };
  return {
    info: (text) => log.info(text),
    debug: (text) => log.debug(text),
    notice: once('notice'),
    warning: once('warning'),
  };
}
