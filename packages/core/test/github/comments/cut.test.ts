import { describe, expect, test } from '@jest/globals';
import { marked, type Token } from 'marked';
import { formatBody, sectionKey } from '../../../src/github/comments/body.ts';
import { cut } from '../../../src/github/comments/cut.ts';
import { LONGEST_BODY } from '../../../src/github/comments/fit.ts';
import { planWrite } from '../../../src/github/comments/plan.ts';

const NOTICE = 'Cut here; the full text is in the job summary.';
const run = { run: 5, attempt: 1 };
const write = { mode: 'upsert' as const, id: 'x', section: 'a', title: '', order: 'run' as const, run };
const after = new Map([[sectionKey('b'), { revision: { ...run, sequence: 1 }, text: 'NEXT **section**' }]]);

/** What a comment renders as whose first section has this text, with another section below it. */
function written(text: string): { readonly body: string; readonly tokens: Token[] } {
  const { parts } = planWrite(after, { ...write, text });
  const body = formatBody({ id: 'x', token: '0'.repeat(10), base: '0'.repeat(10), parts });
  return { body, tokens: marked.lexer(body) };
}

const rows = (count: number) => Array.from({ length: count }, (_, n) => `| ${n} | value of row ${n} 🚀 |`);
const table = ['| n | value |', '| --- | --- |', ...rows(5000)].join('\n');

const long: [string, string][] = [
  ['a table', table],
  ['a table in <details>', `<details><summary>all</summary>\n\n${table}\n\n</details>`],
  ['an HTML table', `<table>\n<tr><th>n</th></tr>\n${'<tr><td>a value</td></tr>\n'.repeat(5000)}</table>`],
  ['a fence', `\`\`\`\`diff\n${'+ a line\n'.repeat(20_000)}\`\`\`\``],
  ['a fence in a list', `- log:\n\n  \`\`\`\n${'  a line\n'.repeat(20_000)}  \`\`\``],
  ['nested <details>', '<details>\n<summary>x</summary>\n\n- text\n\n'.repeat(4000)],
  ['a list', '- one\n  - two\n    1. three\n'.repeat(8000)],
  ['a quote', '> said\n'.repeat(20_000)],
  ['an HTML comment', `<!--\n${'hidden\n'.repeat(20_000)}-->`],
  ['one line', '👨‍👩‍👧‍👦'.repeat(20_000)],
  ['a link in one line', `[x](https://example.com/${'y'.repeat(100_000)})`],
  ['one megabyte', `${table}\n\n`.repeat(7).slice(0, 1_000_000)],
];

test.each(long)('%s is cut, and what follows it is read as Markdown', (_name, text) => {
  const started = performance.now();
  const { body, tokens } = written(text);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(body.length).toBeLessThanOrEqual(LONGEST_BODY);
  expect(body.length).toBeGreaterThan(LONGEST_BODY * 0.9);
  expect(body.isWellFormed()).toBe(true);
  const paragraphs = tokens.filter(({ type }) => type === 'paragraph').map(({ raw }) => raw.trim());
  expect(paragraphs.filter((raw) => raw.startsWith('NEXT') || raw === `_${NOTICE}_`)).toEqual([
    `_${NOTICE}_`,
    'NEXT **section**',
  ]);
});

test('a table ends with a whole row', () => {
  const { tokens } = written(table);
  const [shown] = tokens.filter(({ type }) => type === 'table');
  const cells = shown?.type === 'table' ? shown.rows : [];
  expect(cells.length).toBeGreaterThan(1000);
  expect(cells.at(-1)?.map(({ text }: { text: string }) => text)).toEqual([
    String(cells.length - 1),
    `value of row ${cells.length - 1} 🚀`,
  ]);
});

describe('a table whose first row does not fit', () => {
  const text = `before\n\n| n | value |\n| --- | --- |\n| 1 | ${'x'.repeat(200)} |`;
  test.each([60, 70, 75, 90, 100, 120])('in %i characters no header is left', (room) => {
    expect(cut(text, room)).toBe(`before\n\n_${NOTICE}_`);
  });
});

test.each([
  ['a surrogate pair', 'x🚀🚀'],
  ['a combining accent', 'xe\u0301e\u0301'],
  ['a family', 'x👨‍👩‍👧‍👦👨‍👩‍👧‍👦'],
  ['a flag', '🇩🇪🇫🇷🇪🇸'],
  ['a skin tone', '👍🏽👍🏽'],
])('%s is not taken apart', (_name, text) => {
  const characters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
  const starts = characters.map((_, index) => characters.slice(0, index).join(''));
  for (let room = NOTICE.length + 5; room < NOTICE.length + 4 + text.length; room += 1)
    expect(starts).toContain(cut(text, room).replace(/\n*_Cut here.*$/, ''));
});

test('a whole comment of exactly 65,536 characters is written as it is, one more is cut', () => {
  const empty = written('x').body.length - 1;
  const exact = `${'line\n'.repeat(14_000)}`.slice(0, LONGEST_BODY - empty - 1);
  expect(written(`${exact}y`).body).toHaveLength(LONGEST_BODY);
  expect(written(`${exact}y`).body).not.toContain(NOTICE);
  expect(written(`${exact}yz`).body).toContain(NOTICE);
});

test.each([
  ['<table>', `<table>\n${'<tr><td>a value</td></tr>\n'.repeat(5000)}</table>`],
  ['<ul>', `<ul>\n${'<li>an item\n'.repeat(9000)}</ul>`],
])('%s is closed before the notice, so that no later section stands in it', (tag, text) => {
  const { body } = written(text);
  expect(body.split(tag.replace('<', '</'))).toHaveLength(2);
  expect(body).toContain(`\n${tag.replace('<', '</')}\n\n_${NOTICE}_\n`);
});
