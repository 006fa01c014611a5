import { InputReader } from '@gitops-actions/core/action';
import { expect, test } from '@jest/globals';
import { readSmokeTests } from '../src/smoke-inputs.ts';

const read = (text: string) => readSmokeTests(new InputReader({ 'INPUT_SMOKE-TESTS': text }));
const PLAIN = { statuses: [[200, 299]], text: '', takesGateway: false };

test('lines of URLs and objects', () => {
  const text = `
    https://shop.example.com/health?deep=1#part
    {"url": "http://127.0.0.1:8080", "status": "200, 301-302", "text": "v1.0.42"}

    {"url": "https://shop.example.com/", "status": 503, "header": "Content-Type:  application/json "}
    {"url": "https://shop.example.com/", "header": "x-served-by"}
  `;
  expect(read(text)).toEqual([
    { url: 'https://shop.example.com/health?deep=1#part', expected: PLAIN },
    {
      url: 'http://127.0.0.1:8080/',
      expected: {
        ...PLAIN,
        statuses: [
          [200, 200],
          [301, 302],
        ],
        text: 'v1.0.42',
      },
    },
    {
      url: 'https://shop.example.com/',
      expected: {
        statuses: [[503, 503]],
        text: '',
        takesGateway: true,
        header: { name: 'content-type', text: 'application/json' },
      },
    },
    { url: 'https://shop.example.com/', expected: { ...PLAIN, header: { name: 'x-served-by', text: '' } } },
  ]);
});

test('one JSON list of both, over several lines; and none at all', () => {
  const text = '[\n  "https://a.example/",\n  {"url": "https://b.example/"}\n]';
  expect(read(text)).toEqual([
    { url: 'https://a.example/', expected: PLAIN },
    { url: 'https://b.example/', expected: PLAIN },
  ]);
  expect(read('')).toEqual([]);
  expect(read('[]')).toEqual([]);
});

const LINE = 'Line 1 of the input "smoke-tests"';

test.each([
  ['ftp://a.example/', `${LINE} has the URL "ftp://a.example/"; it must be an http or https URL.`],
  ['file:///etc/passwd', `${LINE} has the URL "file:///etc/passwd"; it must be an http or https URL.`],
  ['shop.example.com', `${LINE} has the URL "shop.example.com"; it must be an http or https URL.`],
  ['https://', `${LINE} has the URL "https://"; it must be an http or https URL.`],
  [
    'https://a.example/ 200',
    `${LINE} has the URL "https://a.example/ 200"; it must be an http or https URL.`,
  ],
  [
    'https://bot:hunter2@a.example/',
    `${LINE} has a user name or a password in its URL, which would stand in logs and comments; ask a URL that needs none.`,
  ],
  [
    'https://a.example/\n{"url": "https://b.example/", "stauts": "200"}',
    'Line 2 of the input "smoke-tests" has the unknown key "stauts"; did you mean "status"?',
  ],
  [
    '{"url": "https://a.example/", "method": "POST"}',
    `${LINE} has the unknown key "method"; there are url, status, text, header.`,
  ],
  ['{"status": "200"}', `${LINE} has no "url"; name the http or https URL that is asked.`],
  [
    '{"url": "https://a.example/", "status": "2xx"}',
    `${LINE} has the status "2xx"; it must be statuses such as "200-299" or "200,204".`,
  ],
  [
    '{"url": "https://a.example/", "status": ["200"]}',
    `${LINE} has the status ["200"]; it must be statuses such as "200-299" or "200,204".`,
  ],
  ['{"url": "https://a.example/", "text": 42}', `${LINE} has the text 42; put it in quotes.`],
  [
    '{"url": "https://a.example/", "header": "no good: x"}',
    `${LINE} has the header "no good: x"; it must be a name and a text, such as "content-type: application/json".`,
  ],
  [
    '[{"url": "https://a.example/"}, 7]',
    'Item 2 of the input "smoke-tests" is 7; it must be a URL, or a JSON object with a "url".',
  ],
])('refused: %s', (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('refused: JSON that is none, and too many', () => {
  expect(() => read('{"url": "https://a.example/"')).toThrow(
    /^Line 1 of the input "smoke-tests" is not valid JSON \(.+\); write one object on one line, or a JSON list\.$/,
  );
  expect(() => read('[1')).toThrow(/^Input "smoke-tests" is not valid JSON: /);
  expect(() => read('https://a.example/\n'.repeat(51))).toThrow(
    'Input "smoke-tests" has 51 tests; it may have 50, so ask a page that checks the others.',
  );
});
