const CREDENTIAL =
  /["']?\b(?:token|password|client-key-data|client-certificate-data|certificate-authority-data|client-secret|id-token|refresh-token|access-token)\b["']?[ \t]*:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|[|>][-+\d]*[ \t]*\n([ \t]+)([^\n]+(?:\n\3[^\n]*)*)|([^\s,}'"][^\n,}]*))/g;
/** `env` of an exec plugin, by the names that such variables have. */
const VARIABLE =
  /\bname[ \t]*:[ \t]*["']?\w*(?:SECRET|TOKEN|PASSWORD|KEY)\w*["']?[ \t]*[,\n]\s*value[ \t]*:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s,}'"][^\n,}]*))/gi;
const PASSWORD_IN_URL = /^\w[\w+.-]*:\/\/([^/@]*)@/;

/**
 * The credentials in a kubeconfig, one by one: a mask of the whole text would hide every one of its lines, such as
 * `kind: Config`, wherever they stand.
 */
export function credentialsIn(kubeconfig: string): readonly string[] {
  const matches = [...kubeconfig.matchAll(CREDENTIAL), ...kubeconfig.matchAll(VARIABLE)];
  return worthHiding(matches.flatMap(([, ...texts]) => texts.flatMap((text) => text?.split('\n') ?? [])));
}

/** The password, or the token alone, of a URL such as `https://user:password@charts.example.com`. */
export function passwordInUrl(url: string): readonly string[] {
  const [, user = ''] = PASSWORD_IN_URL.exec(url) ?? [];
  return worthHiding([user.slice(user.indexOf(':') + 1)]);
}

/** A placeholder such as `x` is no secret, and masking it would blank every x. */
function worthHiding(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text.length >= 4))];
}
