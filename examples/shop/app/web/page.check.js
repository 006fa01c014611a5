import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const page = readFileSync(new URL('index.html', import.meta.url), 'utf8');

test('the page says what it is', () => {
  assert.match(page, /<title>web<\/title>/);
});
