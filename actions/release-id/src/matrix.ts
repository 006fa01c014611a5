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
  readonly services: readonly Service[];
  /** Empty when it was not given. */
  readonly prefix: string;
}

/**
 * The legs of the matrix: one per service; without services one for the prefix, which is the image then; without both
 * none. Every service has an image: the inputs were refused otherwise.
 */
export function legsOf({ services, prefix }: Images, id: string): readonly Leg[] {
  if (services.length === 0) return prefix === '' ? [] : [{ image: `${prefix}:${id}` }];
  return services.map(({ name, image, rest }) => ({
    name,
    image: `${image ?? `${prefix}/${name}`}:${id}`,
    ...rest,
  }));
}
