import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate that is its own authority. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The file with `cert`: for NODE_EXTRA_CA_CERTS. */
  readonly file: string;
}

/**
 * Makes a certificate for two days with the machine's openssl.
 *
 * @param hosts names, also `*.preview.example.com`
 * @param directory where its files go
 */
export async function createCertificate(hosts: readonly string[], directory: string): Promise<Certificate> {
  const [keyFile, file] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const about = ['-subj', '/CN=gitops-actions tests', '-addext', `subjectAltName=${names}`];
  await promisify(execFile)('openssl', ['req', ...kind, ...about, '-keyout', keyFile, '-out', file]);
  return { key: await readFile(keyFile, 'utf8'), cert: await readFile(file, 'utf8'), file };
}
