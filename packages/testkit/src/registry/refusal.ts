import type { Answer } from '../http/answer.ts';

/** Ends a request in OCI's form: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
export class RegistryRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  answer(): Answer {
    const body = { errors: [{ code: this.code, message: this.message, detail: null }] };
    return { status: this.status, headers: this.headers, body };
  }
}
