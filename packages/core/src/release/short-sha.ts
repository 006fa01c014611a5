const SHORT = 7;

/** The first seven characters of a commit id, as git shows it. */
export function shortSha(sha: string): string {
  return sha.slice(0, SHORT);
}

/**
 * The short commit id as a release id carries it. All digits with a leading zero get a leading `g`, as `git describe`
 * writes it: SemVer allows no numeric identifier with a leading zero, and one commit in 268 begins like that.
 * https://semver.org/#spec-item-9
 */
export function releaseSha(sha: string): string {
  const short = shortSha(sha);
  return /^0\d*$/.test(short) ? `g${short}` : short;
}
