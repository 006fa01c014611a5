const OWN = 'gitops-actions/gitops-actions';

/**
 * A workflow in the words that act understands. It does not know `$/`, and takes `./` in a called workflow for the
 * caller's folder; both mean this repository at the workflow's own commit, which act finds under `v1`.
 */
export const forAct = (text: string): string =>
  text.replace(/^(\s*(?:- )?uses:\s*)(?:\$|\.)\/(\S+)/gm, `$1${OWN}/$2@v1`);
