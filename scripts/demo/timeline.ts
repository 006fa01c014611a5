/** Prints what happens while it happens, and keeps it for the report. */
export interface Timeline {
  /** A chapter of the story. */
  chapter(title: string): void;
  /** Something that took place. `detail` may have several lines. */
  event(text: string, detail?: string): void;
  /** A claim about an end state: checked, printed, counted. */
  claim(text: string, holds: boolean, found?: string): void;
  readonly chapters: readonly Chapter[];
  readonly broken: readonly string[];
}

export interface Chapter {
  readonly title: string;
  readonly entries: {
    readonly kind: 'event' | 'claim';
    readonly text: string;
    readonly detail: string;
    readonly seconds: number;
    readonly holds: boolean;
  }[];
}

/** How many claims hold, as people read it. */
export function tally({ chapters, broken }: Timeline): string {
  const claims = chapters.flatMap(({ entries }) => entries).filter(({ kind }) => kind === 'claim').length;
  return `${claims - broken.length} of ${claims} claims hold`;
}

/** A timeline on this terminal; colours only where there is one. */
export function printTimeline(isTerminal = process.stdout.isTTY === true): Timeline {
  const started = performance.now();
  const chapters: Chapter[] = [];
  const broken: string[] = [];
  const paint = (code: number, text: string) => (isTerminal ? `\u001B[${code}m${text}\u001B[0m` : text);
  const add = (kind: 'event' | 'claim', text: string, detail: string, holds: boolean) => {
    const seconds = (performance.now() - started) / 1000;
    chapters.at(-1)?.entries.push({ kind, text, detail, seconds, holds });
    const sign = kind === 'event' ? ' ' : holds ? paint(32, '✔') : paint(31, '✘');
    console.log(`${paint(2, `${seconds.toFixed(1).padStart(6)} s`)}  ${sign} ${text}`);
    for (const line of detail.split('\n').filter((part) => part !== ''))
      console.log(paint(2, `            ${line}`));
  };
  return {
    chapters,
    broken,
    chapter(title) {
      chapters.push({ title, entries: [] });
      console.log(`\n${paint(1, title)}`);
    },
    event: (text, detail = '') => add('event', text, detail, true),
    claim(text, holds, found = '') {
      if (!holds) broken.push(text);
      add('claim', text, holds ? '' : `found: ${found}`, holds);
    },
  };
}
