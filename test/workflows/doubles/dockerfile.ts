/** What the steps of a Dockerfile are given. */
export interface BuildWords {
  readonly args: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What a build prints. The steps that are known here are those that show what they were given; all others do nothing:
 *
 * ```dockerfile
 * ARG VERSION
 * RUN echo "$VERSION"
 * RUN --mount=type=secret,id=npm cat /run/secrets/npm
 * ```
 *
 * @throws where such a step would fail
 */
export function printedBy(dockerfile: string, { args, secrets }: BuildWords): string {
  const declared = new Map<string, string>();
  return dockerfile
    .split('\n')
    .flatMap((line) => {
      const [, arg, preset] = /^ARG (\w+)(?:=(.*))?$/.exec(line) ?? [];
      if (arg !== undefined) declared.set(arg, args[arg] ?? preset ?? '');
      const [, name] = /^RUN echo "\$(\w+)"$/.exec(line) ?? [];
      if (name !== undefined) return [`${line}\n${declared.get(name) ?? ''}`];
      const [, id] = /^RUN --mount=type=secret,id=(\w+) cat \/run\/secrets\/\1$/.exec(line) ?? [];
      if (id === undefined) return [];
      const secret = secrets[id];
      if (secret !== undefined) return [`${line}\n${secret}`];
      throw new Error(
        `process "/bin/sh -c cat /run/secrets/${id}" did not complete successfully: exit code: 1`,
      );
    })
    .join('\n');
}
