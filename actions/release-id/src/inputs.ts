import { ConfigurationError, type InputReader, illegal } from '@gitops-actions/core/action';
import { needsOf } from '@gitops-actions/core/release';
import { parseSince } from './changed/base.ts';
import { type FormatInput, readFormat } from './format-input.ts';
import { imageName, imagePrefix } from './image-name.ts';
import type { Images } from './matrix.ts';
import { parseServices, type Service } from './services.ts';
import { readPreRelease } from './version/pre-release-name.ts';
import { readTicketUrl } from './version/ticket-url.ts';

/** How the next version is found. */
export interface VersionInputs {
  /** What stands before the version in tags. */
  readonly tagPrefix: string;
  /** Empty: a release. */
  readonly preRelease: string;
  /** Address of a ticket with `{{ticket}}`. */
  readonly ticketUrl: string | undefined;
}

/** The inputs of release-id, parsed. */
export interface Inputs {
  readonly token: string;
  readonly format: FormatInput;
  readonly previewFormat: FormatInput;
  readonly images: Images;
  /** Undefined: no version is asked for. */
  readonly version: VersionInputs | undefined;
  /** Undefined: all services are built. */
  readonly changedSince: string | undefined;
}

/**
 * Reads the inputs.
 *
 * @throws ConfigurationError when one is not legal, or a service has no image
 */
export function readInputs(reader: InputReader): Inputs {
  const token = reader.secret('token');
  const services = parseServices(reader.text('services'));
  const formats = {
    format: readFormat(reader, 'format'),
    previewFormat: readFormat(reader, 'preview-format'),
  };
  const version = readVersionInputs(reader);
  for (const { input, format } of Object.values(formats)) {
    if (needsOf(format).version && version === undefined)
      throw new ConfigurationError(
        `Input "${input}" uses {{version}}, but no version is asked for; set "version-from" to "tags".`,
      );
  }
  const isFiltered = reader.flag('changed-only');
  const since = parseSince(reader.required('changed-since'));
  return {
    token,
    ...formats,
    version,
    images: { services, prefix: readPrefix(reader.text('image-prefix'), services ?? []) },
    changedSince: isFiltered ? since : undefined,
  };
}

function readVersionInputs(reader: InputReader): VersionInputs | undefined {
  const isAsked = reader.choice('version-from', ['none', 'tags']) === 'tags';
  const version = {
    tagPrefix: readTagPrefix(reader.text('tag-prefix')),
    preRelease: readPreRelease('pre-release', reader.text('pre-release')),
    ticketUrl: readTicketUrl('ticket-url', reader.text('ticket-url')),
  };
  return isAsked ? version : undefined;
}

/** https://git-scm.com/docs/git-check-ref-format */
function readTagPrefix(prefix: string): string {
  if (/^(?:[\w@][\w.@/+-]*)?$/.test(prefix) && !/\.\.|\/\/|\/\.|@\{/.test(prefix)) return prefix;
  throw illegal('tag-prefix', prefix, 'the beginning of a git tag, such as "v" or "orders-v"');
}

function readPrefix(text: string, services: readonly Service[]): string {
  const where = 'Input "image-prefix"';
  if (text !== '') return services.length > 0 ? imagePrefix(where, text) : imageName(where, text);
  const bare = services.find(({ image }) => image === undefined);
  if (bare === undefined) return '';
  throw new ConfigurationError(
    `${where} is empty, so service "${bare.name}" has no image; set it, for example to ghcr.io/acme, or give the service an "image".`,
  );
}
