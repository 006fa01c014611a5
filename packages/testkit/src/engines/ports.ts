import { readlink, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Below the range that systems take outgoing connections' ports from: a port that is free now and opened a second later
 * must not become one of those in between.
 */
const FIRST = 10_000;
const BLOCK = 100;
const BLOCKS = 200;

let next = 0;
let own: Promise<number> | undefined;

/**
 * A port of 127.0.0.1 for a program that cannot choose one itself. Each process has a block of its own, so that those
 * that look at the same moment do not choose the same.
 */
export async function freePort(): Promise<number> {
  own ??= claimBlock();
  const first = FIRST + (await own) * BLOCK;
  for (let tries = 0; tries < BLOCK; tries += 1) {
    const port = first + (next % BLOCK);
    next += 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`All ports of the block at ${first} are taken.`);
}

/** A block is a process's as long as a link says so and the process lives. A link is there at once, with what it says. */
async function claimBlock(): Promise<number> {
  for (let tries = 0; tries < BLOCKS; tries += 1) {
    const block = (process.pid + tries) % BLOCKS;
    if (await claim(join(tmpdir(), `testkit-ports-${block}`))) return block;
  }
  throw new Error(`All ${BLOCKS} blocks of ports are taken.`);
}

async function claim(link: string): Promise<boolean> {
  try {
    await symlink(String(process.pid), link);
    return true;
  } catch {
    const owner = Number(await readlink(link).catch(() => ''));
    // Another test file in the same process.
    if (owner === process.pid) return true;
    if (owner > 0 && isAlive(owner)) return false;
    await rm(link, { force: true });
    return claim(link);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
