import { describe, expect, test } from '@jest/globals';
import { InputReader } from '../../src/action/index.ts';

const reader = (inputs: Record<string, string>) =>
  new InputReader(
    Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  );

describe('values', () => {
  test.each([
    ['text trims', (r: InputReader) => r.text('a'), '  x ', 'x'],
    ['flag true', (r: InputReader) => r.flag('a'), 'true', true],
    ['flag false', (r: InputReader) => r.flag('a'), 'false', false],
    ['choice', (r: InputReader) => r.choice('a', ['helm', 'gitops']), 'gitops', 'gitops'],
    ['integer', (r: InputReader) => r.integer('a', 1), '42', 42],
    ['integer not given', (r: InputReader) => r.integer('a', 1), '', undefined],
    ['duration', (r: InputReader) => r.duration('a'), '1h30m', 5_400_000],
    ['list of lines', (r: InputReader) => r.list('a'), 'x\r\n\n  y ', ['x', 'y']],
    ['list as JSON', (r: InputReader) => r.list('a'), '["x","y"]', ['x', 'y']],
  ])('%s', (_name, read, given, expected) => {
    expect(read(reader({ a: given }))).toEqual(expected);
  });
});

describe('refusals name the input, the value and what is legal', () => {
  test.each([
    ['required', (r: InputReader) => r.required('path'), '', 'Input "path" is empty; it is required.'],
    [
      'flag',
      (r: InputReader) => r.flag('path'),
      'yes',
      'Input "path" is "yes"; it must be one of: true, false.',
    ],
    [
      'flag is not lenient',
      (r: InputReader) => r.flag('path'),
      'True',
      'Input "path" is "True"; it must be one of: true, false.',
    ],
    [
      'choice',
      (r: InputReader) => r.choice('path', ['a', 'b']),
      'c',
      'Input "path" is "c"; it must be one of: a, b.',
    ],
    [
      'integer',
      (r: InputReader) => r.integer('path', 1),
      '0x10',
      'Input "path" is "0x10"; it must be a whole number from 1.',
    ],
    [
      'integer range',
      (r: InputReader) => r.integer('path', 1, 9),
      '10',
      'Input "path" is "10"; it must be a whole number from 1 to 9.',
    ],
    [
      'duration',
      (r: InputReader) => r.duration('path'),
      '5',
      'Input "path" is "5"; it must be a duration such as 90s, 5m, 1h30m or 7d.',
    ],
    [
      'list',
      (r: InputReader) => r.list('path'),
      '[1]',
      'Input "path" is "[1]"; it must be one item a line, or a JSON list of texts.',
    ],
    [
      'broken JSON',
      (r: InputReader) => r.list('path'),
      '[',
      'Input "path" is not valid JSON: Unexpected end of JSON input.',
    ],
  ])('%s', (_name, read, given, message) => {
    expect(() => read(reader({ path: given }))).toThrow(message);
  });
});

describe('names that were not declared', () => {
  const read = (inputs: Record<string, string>) => {
    const inputReader = reader(inputs);
    inputReader.text('dry-run');
    inputReader.text('images');
    inputReader.refuseUnknown({ image: 'images' });
  };
  test('one within two letters is refused', () => {
    expect(() => read({ imagse: 'x' })).toThrow('Unknown input "imagse"; did you mean "images"?');
    expect(() => read({ dry_run: 'x' })).toThrow('Unknown input "dry_run"; did you mean "dry-run"?');
  });
  test('a renamed one is refused with the new name', () => {
    expect(() => read({ image: 'x' })).toThrow(
      'Input "image" is now called "images"; rename it in the workflow.',
    );
  });
  test.each(['constructor', '__proto__'])('%s is not taken for a renamed one', (name) => {
    expect(() => read({ [name]: 'x' })).not.toThrow();
  });
  test('a far one is left to the runner, which warns', () => {
    expect(() => read({ 'something-else': 'x' })).not.toThrow();
  });
});

test('secrets are remembered in plain and in base64', () => {
  const inputReader = reader({ token: 'hunter2' });
  inputReader.secret('token');
  expect(inputReader.secrets).toEqual(['hunter2', 'aHVudGVyMg==']);
});

test('a text without secrets: plain, and as base64 wherever in a text they stand', () => {
  const token = 'ghs_0123456789abcdefghijABCDEFGHIJ012345';
  const inputReader = reader({ token, short: 'abc' });
  inputReader.secret('token');
  inputReader.secret('short');
  const texts = [token, `${token}\n`, `x:${token}`, `xy:${token}@host`, `xyz:${token}`];
  for (const text of texts) {
    const encoded = Buffer.from(text).toString('base64');
    expect(inputReader.withoutSecrets(`a ${encoded} b`)).toMatch(/^a \w{0,6}\*\*\*[\w=]{0,12} b$/);
  }
  expect(inputReader.withoutSecrets(`${token} abc ab`)).toBe('*** *** ab');
});
