import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from './command.ts';

export interface GitObject {
  oid: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  data: Buffer;
}

type Waiter = { resolve: (object: GitObject | null) => void; reject: (error: Error) => void };

/** Reads objects of one repository through one long-lived `git cat-file --batch`. */
export interface ObjectReader {
  /** `spec` is an object id or `<commit>:<path>`; null when there is no such object. */
  get(spec: string): Promise<GitObject | null>;
  close(): void;
}

function parseHeader(line: string): { oid: string; type: GitObject['type']; size: number } | null {
  const match = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/.exec(line);
  if (!match) return null;
  return { oid: match[1] ?? '', type: match[2] as GitObject['type'], size: Number(match[3]) };
}

/** Takes one answer off the front of what was read; `null` when it has not all arrived. */
function takeAnswer(buffer: Buffer): { object: GitObject | null; rest: Buffer } | null {
  const end = buffer.indexOf(10);
  if (end < 0) return null;
  const header = parseHeader(buffer.toString('utf8', 0, end));
  if (!header) return { object: null, rest: buffer.subarray(end + 1) };
  const start = end + 1;
  if (buffer.length < start + header.size + 1) return null;
  const data = buffer.subarray(start, start + header.size);
  return {
    object: { oid: header.oid, type: header.type, data },
    rest: buffer.subarray(start + header.size + 1),
  };
}

function answerInOrder(child: ChildProcessWithoutNullStreams, waiting: Waiter[]): void {
  let chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    let buffer = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    for (let answer = takeAnswer(buffer); answer; answer = takeAnswer(buffer)) {
      buffer = answer.rest;
      waiting.shift()?.resolve(answer.object);
    }
    chunks = buffer.length > 0 ? [buffer] : [];
  });
  const fail = (error: Error) => {
    for (const waiter of waiting.splice(0)) waiter.reject(error);
  };
  child.on('error', fail);
  child.on('close', () => fail(new Error('git cat-file ended before it answered')));
}

/** Starts nothing until the first object is asked for. */
export function openObjectReader(directory: string): ObjectReader {
  const waiting: Waiter[] = [];
  let child: ChildProcessWithoutNullStreams | undefined;
  const started = () => {
    if (!child || child.exitCode !== null) {
      child = spawn('git', ['cat-file', '--batch'], { cwd: directory, env: gitEnvironment() });
      child.stdin.on('error', () => undefined);
      answerInOrder(child, waiting);
    }
    return child;
  };
  return {
    get(spec) {
      // A line break would be a second question, and the answers would no longer match.
      if (/[\n\0]/.test(spec)) return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        const process = started();
        waiting.push({ resolve, reject });
        process.stdin.write(`${spec}\n`);
      });
    },
    close() {
      child?.stdin.end();
    },
  };
}
