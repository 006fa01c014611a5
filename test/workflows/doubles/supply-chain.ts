import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { crane } from './crane.ts';
import { type Answer, type Call, lines } from './double.ts';

/** A file of this name in an image is a vulnerability; what stands behind it is the severity: `vulnerable-HIGH`. */
const VULNERABLE = /(?:^|\/)vulnerable-([A-Z]+)$/;

/** Looks at the files of the image in the registry, and fails when one of the asked severities is among them. */
export async function scan(call: Call): Promise<Answer> {
  const image = call.input('image-ref');
  await using folder = await temporaryDirectory('scan-');
  const archive = join(folder.path, 'files.tar');
  await crane(call, 'export', image, archive);
  const { stdout } = await promisify(execFile)('tar', ['-tf', archive]);
  const asked = lines(call.input('severity'));
  const found = stdout
    .split('\n')
    .map((file) => VULNERABLE.exec(file)?.[1] ?? '')
    .filter((severity) => asked.includes(severity));
  if (found.length > 0 && call.input('exit-code') === '1')
    throw new Error(`${image}: Total: ${found.length} (${found.join(', ')})`);
  return { log: `${image}: ${found.length} vulnerabilities` };
}

/** Signs nothing; what it would be about must be in the registry. */
export async function attest(call: Call): Promise<Answer> {
  const subject = `${call.input('subject-name')}@${call.input('subject-digest')}`;
  await crane(call, 'manifest', subject);
  return { log: `attested ${subject}` };
}
