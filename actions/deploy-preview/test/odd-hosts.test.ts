import { createServer, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { stage, states } from './stage.ts';

/** A proxy whose tunnels lead to a host that answers by hand. */
async function oddHost(answer: (socket: Socket) => void, tunnel: boolean) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      if (!tunnel) return answer(socket);
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', () => answer(socket));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    env: { http_proxy: `http://127.0.0.1:${port}`, no_proxy: '127.0.0.1' },
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Writes a piece again and again, until the other side has enough. */
function forEver(socket: Socket, start: string, piece: string): void {
  socket.write(start);
  const timer = setInterval(() => socket.write(piece), 100);
  socket.on('close', () => clearInterval(timer));
}

const OK = 'HTTP/1.1 200 OK\r\n';

test.each<[string, (socket: Socket) => void, boolean]>([
  ['headers that never end', (socket) => forEver(socket, OK, 'x: y\r\n'), true],
  ['a body that never ends', (socket) => forEver(socket, `${OK}\r\n`, 'x'), true],
  ['no answer at all', () => {}, true],
  ['a proxy that never opens the tunnel', () => {}, false],
  [
    'another protocol',
    (socket) => void socket.end('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    true,
  ],
  ['a body that is cut', (socket) => void socket.end(`${OK}content-length: 500\r\n\r\nabc`), true],
])('%s: failed, and the job ends', async (_name, answer, tunnel) => {
  await using scene = await stage();
  using host = await oddHost(answer, tunnel);
  const run = await scene.run({ timeout: '2s' }, { env: host.env, timeout: 30_000 });
  expect(run.exitCode).toBe(1);
  expect(run.outputs.status).toBe('failed');
  expect(run.outputs.reason).toContain('did not answer');
  expect(run.ms).toBeLessThan(9000);
  expect(states(scene.shop)).toEqual(['preview:pr-1: failure < in_progress']);
});
