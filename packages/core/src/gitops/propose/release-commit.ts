/** The last paragraph of a message, where each of its lines is a trailer. */
export function trailersOf(message: string): readonly string[] {
  const lines = (
    message
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  ).split('\n');
  return lines.every((line) => /^[A-Za-z][A-Za-z-]*: \S/.test(line)) ? lines : [];
}

/** Whether these actions wrote the commit: it names the run it comes from. */
export function isReleaseCommit(message: string): boolean {
  return trailersOf(message).some((line) => line.startsWith('Source-Run: '));
}
