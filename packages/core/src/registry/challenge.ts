/** One way to log in that a server offers, with its parameters in lower case. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PARAMETER = new RegExp(`\\s*,?\\s*(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))`, 'y');
const SCHEME = new RegExp(`[\\s,]*(${TOKEN})(?=\\s|,|$)`, 'y');

/**
 * Reads the header `WWW-Authenticate`, which may hold several challenges. What does not fit the grammar ends the reading.
 * https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: Challenge[] = [];
  for (let at = 0; ; ) {
    SCHEME.lastIndex = at;
    const scheme = SCHEME.exec(header)?.[1];
    if (scheme === undefined) return challenges;
    const { parameters, end } = readParameters(header, SCHEME.lastIndex);
    challenges.push({ scheme: scheme.toLowerCase(), parameters });
    at = end;
  }
}

function readParameters(header: string, start: number) {
  const parameters: Record<string, string> = {};
  for (let end = start; ; end = PARAMETER.lastIndex) {
    PARAMETER.lastIndex = end;
    const [, name, quoted, plain] = PARAMETER.exec(header) ?? [];
    if (name === undefined) return { parameters, end };
    parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
  }
}
