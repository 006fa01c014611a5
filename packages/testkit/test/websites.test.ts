import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { expect, test } from '@jest/globals';
import { createCertificate, startWebsites, temporaryDirectory } from '../src/index.ts';

const HOST = 'pr-1-web.preview.shop.test';

async function throughProxy(proxyUrl: string, url: string): Promise<[number, string]> {
  const { hostname, port } = new URL(proxyUrl);
  return new Promise((resolve, reject) => {
    const call = request(
      { hostname, port, path: url, headers: { host: new URL(url).host } },
      async (response) => resolve([response.statusCode ?? 0, await text(response)]),
    );
    call.on('error', reject);
    call.end();
  });
}

test('a proxy answers for any host', async () => {
  await using websites = await startWebsites(({ host, path }) => ({ status: 200, body: `${host}${path}` }));
  expect(await throughProxy(websites.proxyUrl, `http://${HOST}/healthz?x=1`)).toEqual([
    200,
    `${HOST}/healthz?x=1`,
  ]);
  expect(websites.requests()).toEqual([{ host: HOST, path: '/healthz?x=1', method: 'GET' }]);
});

test('a CONNECT tunnel carries plain HTTP', async () => {
  await using websites = await startWebsites(({ host }) => ({
    status: host === HOST ? 503 : 404,
    body: 'down',
  }));
  const { port } = new URL(websites.proxyUrl);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`CONNECT ${HOST}:80 HTTP/1.1\r\nhost: ${HOST}:80\r\n\r\n`);
  socket.write(`GET / HTTP/1.1\r\nhost: ${HOST}\r\nconnection: close\r\n\r\n`);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 503 [\s\S]*down/);
});

test('a website that throws is a bad gateway', async () => {
  await using websites = await startWebsites(() => {
    throw new Error('not yet');
  });
  expect(await throughProxy(websites.proxyUrl, `http://${HOST}/`)).toEqual([
    502,
    "the test's website failed: not yet",
  ]);
});

test('with a certificate a tunnel to port 443 speaks TLS', async () => {
  await using folder = await temporaryDirectory();
  const certificate = await createCertificate(['*.preview.shop.test'], folder.path);
  await using websites = await startWebsites(({ host }) => ({ status: 200, body: host }), certificate);
  const tunnel = connect(Number(new URL(websites.proxyUrl).port), '127.0.0.1');
  tunnel.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nhost: ${HOST}:443\r\n\r\n`);
  await new Promise((resolve) => tunnel.once('data', resolve));
  const socket = connectTls({ socket: tunnel, ca: certificate.cert, servername: HOST });
  socket.write(`GET / HTTP/1.1\r\nhost: ${HOST}\r\nconnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 200 [\\s\\S]*${HOST}`));
});
