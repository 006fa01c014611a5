import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Users of a cluster by name; the API server knows their tokens from a file. */
export interface Tokens {
  /** May do everything. */
  readonly admin: string;
  /** May do nothing until it is granted something. */
  readonly deployer: string;
}

/** Writes the files that the API server knows its users and signs service accounts' tokens with. */
export async function writeAccessFiles(folder: string): Promise<Tokens> {
  const tokens = { admin: randomUUID(), deployer: randomUUID() };
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const lines = [`${tokens.admin},admin,admin,system:masters`, `${tokens.deployer},deployer,deployer`];
  await writeFile(join(folder, 'tokens.csv'), `${lines.join('\n')}\n`);
  await writeFile(join(folder, 'sa.key'), privateKey.export({ type: 'sec1', format: 'pem' }));
  return tokens;
}

/** The certificate that the API server made for itself when it started. */
export const readCertificate = (folder: string): Promise<string> =>
  readFile(join(folder, 'certificates', 'apiserver.crt'), 'utf8');

/** A kubeconfig as people put it into a secret: one cluster, one user, the certificate in it. */
export function kubeconfigText(url: string, certificate: string, token: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: test
  cluster:
    server: ${url}
    certificate-authority-data: ${Buffer.from(certificate).toString('base64')}
users:
- name: test
  user:
    token: ${token}
contexts:
- name: test
  context: {cluster: test, user: test}
current-context: test
`;
}
