/** These parameters may hold slashes: branch names and paths. */
const WITH_SLASHES = new Set(['path', 'ref', 'basehead']);

export interface RouteMatch<Target> {
  name: string;
  target: Target;
  params: Record<string, string>;
}

interface Compiled<Target> {
  name: string;
  method: string;
  pattern: RegExp;
  names: string[];
  greedy: boolean;
  target: Target;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
}

function compile<Target>(name: string, target: Target): Compiled<Target> {
  const [method = '', path = ''] = name.split(' ');
  const names: string[] = [];
  const pattern = path
    .split(/(\{\w+\})/)
    .map((part) => {
      const parameter = /^\{(\w+)\}$/.exec(part)?.[1];
      if (!parameter) return escaped(part);
      names.push(parameter);
      if (parameter === 'path') return '(.*)';
      return WITH_SLASHES.has(parameter) ? '(.+)' : '([^/]+)';
    })
    .join('');
  const greedy = names.some((one) => WITH_SLASHES.has(one));
  return { name, method, pattern: new RegExp(`^${pattern}$`), names, greedy, target };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Finds the route of a request; those without slashes in a parameter are tried first. */
export function createRouter<Target>(
  targets: Readonly<Record<string, Target>>,
): (method: string, path: string) => RouteMatch<Target> | null {
  const all = Object.entries(targets).map(([name, target]) => compile(name, target));
  const ordered = [...all.filter((one) => !one.greedy), ...all.filter((one) => one.greedy)];
  return (method, path) => {
    for (const { name, target, names, pattern } of ordered.filter((one) => one.method === method)) {
      const match = pattern.exec(path);
      if (!match) continue;
      const params = Object.fromEntries(names.map((one, index) => [one, decoded(match[index + 1] ?? '')]));
      return { name, target, params };
    }
    return null;
  };
}
