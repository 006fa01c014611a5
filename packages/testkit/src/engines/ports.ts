import { createServer } from 'node:net';

/**
 * Below the range that systems take outgoing connections' ports from: a port that is free now and opened a second later
 * must not become one of those in between.
 */
const FIRST = 10_000;
const BLOCK = 100;
const BLOCKS = 200;

let next = 0;

/**
 * A port of 127.0.0.1 for a program that cannot choose one itself. Each process has a block of its own, so that test
 * files that start at the same moment do not choose the same.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < BLOCK; tries += 1) {
    const port = FIRST + (process.pid % BLOCKS) * BLOCK + (next % BLOCK);
    next += 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`All ports of the block at ${FIRST + (process.pid % BLOCKS) * BLOCK} are taken.`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
