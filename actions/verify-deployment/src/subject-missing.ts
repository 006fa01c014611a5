import { ConfigurationError, nearest } from '@gitops-actions/core/action';

const MOST_NAMES = 10;

/**
 * The error for an object that was never there, with what the person may have meant.
 *
 * @param kind for people: `Application`
 * @param names of those that are there
 */
export function subjectMissing(
  kind: string,
  name: string,
  namespace: string,
  names: readonly string[],
): ConfigurationError {
  const near = nearest(name, names);
  const meant = near === undefined ? '' : `; did you mean "${near}"?`;
  const shown = names.toSorted().slice(0, MOST_NAMES).join(', ');
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const known = names.length === 0 ? 'There is none at all there.' : `There are: ${shown}${more}.`;
  return new ConfigurationError(
    `There is no ${kind} "${name}" in namespace ${namespace}${meant || ';'} ${near === undefined ? lower(known) : known} Look at the inputs "application" and "namespace".`,
  );
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
