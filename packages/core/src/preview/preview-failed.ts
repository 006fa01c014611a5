/** A preview that did not come up, with what the cluster says of it. */
export class PreviewFailed extends Error {
  override readonly name = 'PreviewFailed';
  /** Plain text from the cluster, one block a problem, the worst first: fence it before it is Markdown. */
  readonly reasons: readonly string[];

  constructor(message: string, reasons: readonly string[], cause?: unknown) {
    super(message, { cause });
    this.reasons = reasons;
  }
}
