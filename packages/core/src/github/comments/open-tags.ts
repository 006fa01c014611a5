/** What browsers read on in until it is closed: later sections would fold away, stand in a cell or be indented. */
const TAG = /<(\/?)(details|pre|table|div|blockquote|ul|ol|dl|h[1-6])(?=[\s/>]|$)/gi;

/** Tags that a text leaves open, the innermost last. */
export class OpenTags {
  readonly #stack: string[] = [];
  readonly #count = new Map<string, number>();

  /** The lines that close them. */
  get closers(): readonly string[] {
    return this.#stack.toReversed().map((tag) => `</${tag}>`);
  }

  /** Reads the tags of a line. */
  read(row: string): void {
    for (const [, slash, name = ''] of row.matchAll(TAG)) {
      const tag = name.toLowerCase();
      if (slash === '') this.#open(tag);
      else if (this.#countOf(tag) > 0) this.#close(tag);
    }
  }

  #open(tag: string): void {
    this.#stack.push(tag);
    this.#count.set(tag, this.#countOf(tag) + 1);
  }

  /** What was opened inside of it ends with it. */
  #close(tag: string): void {
    let inner: string | undefined;
    do {
      inner = this.#stack.pop() ?? tag;
      this.#count.set(inner, this.#countOf(inner) - 1);
    } while (inner !== tag);
  }

  #countOf(tag: string): number {
    return this.#count.get(tag) ?? 0;
  }
}
