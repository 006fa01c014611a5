import { ConfigurationError, type InputReader, illegal } from '@gitops-actions/core/action';
import { parseStatusRanges, type StatusRange } from '@gitops-actions/core/probe';

/** How the URL must answer. */
export interface HealthInputs {
  /** Empty: the URL is not asked. */
  readonly path: string;
  readonly statuses: readonly StatusRange[];
  /** With `{{tag}}`, `{{sha}}` and `{{name}}`; empty for none. */
  readonly text: string;
}

/**
 * Reads how the URL must answer.
 *
 * @param otherwise the path when none is given
 */
export function readHealth(reader: InputReader, otherwise: string): HealthInputs {
  const path = reader.text('health-path') || otherwise;
  if (path !== '' && !/^\/[!-"$-~]*$/.test(path))
    throw illegal('health-path', path, 'a path that starts with "/", without spaces and "#"');
  const text = reader.text('health-text');
  if (path === '' && text !== '')
    throw new ConfigurationError('Input "health-text" needs "health-path"; without it the URL is not asked.');
  return { path, statuses: parseStatusRanges(reader.required('health-status'), 'health-status'), text };
}
