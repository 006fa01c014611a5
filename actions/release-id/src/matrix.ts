import type { Service } from './services.ts';

/** One job of the matrix: `matrix.name`, `matrix.image`, and what the service says besides. */
export interface Leg {
  /** Missing in the one leg of a repository without services: `matrix.name` is empty there. */
  readonly name?: string;
  /** Image reference with the release id as its tag. */
  readonly image: string;
  readonly [key: string]: unknown;
}

/** What is built: services, one image, or nothing. */
export interface Images {
  /** Undefined when none were given. An empty list is one: of services that did not change, or that the workflow left out. */
  readonly services: readonly Service[] | undefined;
  /** Empty when it was not given. */
  readonly prefix: string;
}

/**
 * The legs of the matrix: one per service, none for an empty list; when no services were given one for the prefix, which
 * is the image then; without both none. Every service has an image: the inputs were refused otherwise.
 */
export function legsOf({ services, prefix }: Images, id: string): readonly Leg[] {
  if (services === undefined) return prefix === '' ? [] : [{ image: `${prefix}:${id}` }];
  return services.map(({ name, image, rest }) => ({
    name,
    image: `${image ?? `${prefix}/${name}`}:${id}`,
    ...rest,
  }));
}
