import { expect, test } from '@jest/globals';
import { addressOf, isSafe } from '../../src/registry/address.ts';
import { reference } from './stage.ts';

test.each([
  { image: 'nginx', origin: 'https://registry-1.docker.io', repository: 'library/nginx' },
  { image: 'index.docker.io/acme/web', origin: 'https://registry-1.docker.io', repository: 'acme/web' },
  { image: 'ghcr.io/acme/web', origin: 'https://ghcr.io', repository: 'acme/web' },
  { image: 'r.test:5000/a/b/c', origin: 'https://r.test:5000', repository: 'a/b/c' },
  { image: 'r.test:80/a', origin: 'https://r.test:80', repository: 'a' },
  { image: 'localhost:5000/a', origin: 'http://localhost:5000', repository: 'a' },
  { image: '127.0.0.9:5000/a', origin: 'http://127.0.0.9:5000', repository: 'a' },
  { image: '[::1]:5000/a', origin: 'http://[::1]:5000', repository: 'a' },
  { image: '127.0.0.1.evil.test/a', origin: 'https://127.0.0.1.evil.test', repository: 'a' },
  { image: 'localhost.evil.test/a', origin: 'https://localhost.evil.test', repository: 'a' },
  { image: '10.0.0.1:5000/a', origin: 'https://10.0.0.1:5000', repository: 'a' },
])('$image is asked for at $origin', ({ image, origin, repository }) => {
  expect(addressOf(reference(image))).toMatchObject({ origin, repository });
});

test.each([
  { url: 'https://auth.docker.io/token', from: 'https://registry-1.docker.io', safe: true },
  { url: 'http://auth.docker.io/token', from: 'https://registry-1.docker.io', safe: false },
  { url: 'http://127.0.0.1:1/token', from: 'https://registry-1.docker.io', safe: false },
  { url: 'http://127.0.0.1:1/token', from: 'http://localhost:5000', safe: true },
  { url: 'http://r.test/token', from: 'http://localhost:5000', safe: false },
  { url: 'https://a:b@r.test/token', from: 'https://r.test', safe: false },
  { url: 'ftp://r.test/token', from: 'https://r.test', safe: false },
])('$from may point to $url: $safe', ({ url, from, safe }) => {
  expect(isSafe(new URL(url), from)).toBe(safe);
});
