import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { crane } from './crane.ts';
import { type Answer, type Call, type Double, lines } from './double.ts';

/**
 * A file of this name in an image is a vulnerability; what stands behind it is the severity, and the architecture where it
 * is not in all: `vulnerable-HIGH`, `vulnerable-HIGH-arm64`.
 */
const VULNERABLE = /(?:^|\/)vulnerable-([A-Z]+)(?:-([a-z0-9]+))?$/;

/** What is scanned. */
interface Subject {
  readonly image: string;
  readonly platform: string;
  readonly severity: string;
  readonly exitCode: string;
}

/** The action, which takes the platform from the environment of the step. */
export const scan: Double = (call) =>
  look(call, {
    image: call.input('image-ref'),
    platform: call.env.TRIVY_PLATFORM ?? 'linux/amd64',
    severity: call.input('severity'),
    exitCode: call.input('exit-code'),
  });

/** The program that the action leaves behind. */
export const trivy: Double = (call) => {
  const { values, positionals } = parseArgs({
    args: [...call.args],
    allowPositionals: true,
    options: {
      platform: { type: 'string', default: 'linux/amd64' },
      severity: { type: 'string', default: '' },
      scanners: { type: 'string' },
      'ignore-unfixed': { type: 'boolean' },
      'exit-code': { type: 'string', default: '0' },
    },
  });
  const [command, image = ''] = positionals;
  if (command !== 'image') throw new Error(`The double does not know "trivy ${call.args.join(' ')}".`);
  const { platform, severity, 'exit-code': exitCode } = values;
  return look(call, { image, platform, severity, exitCode });
};

/** Looks at the files of the image in the registry, and fails when one of the asked severities is among them. */
async function look(call: Call, { image, platform, severity, exitCode }: Subject): Promise<Answer> {
  await using folder = await temporaryDirectory('scan-');
  const archive = join(folder.path, 'files.tar');
  await crane(call, 'export', '--platform', platform, image, archive);
  const { stdout } = await promisify(execFile)('tar', ['-tf', archive]);
  const asked = lines(severity);
  const found = stdout
    .split('\n')
    .map((file) => VULNERABLE.exec(file) ?? [])
    .filter(([, , architecture]) => architecture === undefined || platform.includes(architecture))
    .flatMap(([, one = '']) => asked.filter((each) => each === one));
  if (found.length > 0 && exitCode === '1')
    throw new Error(`${image} (${platform}): Total: ${found.length} (${found.join(', ')})`);
  return { log: `${image} (${platform}): ${found.length} vulnerabilities` };
}

/** Signs nothing; what it would be about must be in the registry. */
export async function attest(call: Call): Promise<Answer> {
  const subject = `${call.input('subject-name')}@${call.input('subject-digest')}`;
  await crane(call, 'manifest', subject);
  return { log: `attested ${subject}` };
}
