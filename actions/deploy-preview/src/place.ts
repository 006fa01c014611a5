import type { Job, Landed, Progress } from './job.ts';
import type { Outcome } from './outcome.ts';

/** Where an engine put a preview, as an outcome says it. Only one that writes a GitOps repository makes a commit. */
export function writtenBy({ where, commit, url }: Landed): Pick<Outcome, 'where' | 'commit'> {
  return { where, ...(commit !== '' && { commit: { id: commit, url } }) };
}

/** What was done, for the log; goes on after a semicolon. */
export function whatStands({ where, commit }: Landed): string {
  return commit === '' ? `The ${where} stands` : `${where} is written (${commit.slice(0, 7)})`;
}

/** What a failure has to say about what was deployed. */
export function aboutPlace(
  { inputs, plan, signal }: Job,
  { landed, isWriting }: Progress,
): readonly string[] {
  if (landed)
    return [landed.commit === '' ? `The ${landed.where} stands.` : `Its files are in ${landed.where}.`];
  if (!isWriting || !signal.aborted) return [];
  const { name, namespace } = plan.preview;
  return inputs.engine === 'gitops'
    ? [`Its files may be in ${inputs.path}/${name}.`]
    : [`What came up of ${name} is in namespace ${namespace}.`];
}

/** Why a URL's answer says nothing about this deployment any more. */
export function whatVanished({ where, commit }: Landed): string {
  const what = commit === '' ? `The ${where} was removed` : `The files were removed from ${where}`;
  return `${what} or replaced while the preview came up.`;
}

/** How to go on when everything is deployed and the URL does not answer. */
export function whereToLook({ where, commit }: Landed): string {
  return commit === ''
    ? `The pods of the ${where} are ready; look at its service and ingress and at the DNS of the host, or raise "timeout".`
    : `Its files are in ${where}; look at what Argo CD or Flux says of them, or raise "timeout".`;
}
