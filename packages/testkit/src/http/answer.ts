/** What an API call is answered with, before it is bytes. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON, or bytes as they are. Left out: no body. */
  body?: unknown;
}

/** Ends the work of a REST handler with an error answer in GitHub's form. */
export class RestError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    message: string,
    more: { headers?: Record<string, string>; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.status = status;
    this.headers = more.headers ?? {};
    this.details = more.details ?? {};
  }

  answer(): Answer {
    const body = {
      message: this.message,
      ...this.details,
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
    return { status: this.status, headers: this.headers, body };
  }
}

/** Marks what is wrong with a test or with the kit itself; it is answered with 500 and listed by `problems()`. */
export class KitProblem extends Error {}

export const notFound = (): RestError => new RestError(404, 'Not Found');

/** GitHub's 422 for a field. */
export function invalid(resource: string, field: string, message: string): RestError {
  const errors = [{ resource, field, code: 'custom', message }];
  return new RestError(422, 'Validation Failed', { details: { errors } });
}
