import { ConfigurationError } from '../../action/index.ts';

const PEM =
  /^-----BEGIN ((?:OPENSSH|RSA|EC|DSA|ENCRYPTED)? ?PRIVATE KEY)-----\n([\s\S]+?)\n-----END \1-----$/;
const OPENSSH_MAGIC = 'openssh-key-v1\0';

/**
 * A private key as ssh wants it: LF line ends and a final one, which secrets often lose.
 *
 * @param input the input it comes from, for errors
 * @throws ConfigurationError that shows nothing of the key when it is none, or needs a passphrase
 */
export function readSshKey(text: string, input: string): string {
  const key = text.replace(/\r\n?/g, '\n').trim();
  const [, label = '', body = ''] = PEM.exec(key) ?? [];
  if (body === '')
    throw new ConfigurationError(
      `Input "${input}" is not a private key; it must be the whole file, from "-----BEGIN … PRIVATE KEY-----" to "-----END … PRIVATE KEY-----".`,
    );
  if (isEncrypted(label, body))
    throw new ConfigurationError(
      `Input "${input}" is a private key with a passphrase, and a job cannot type it; make a key without one (ssh-keygen -N "").`,
    );
  return `${key}\n`;
}

/** https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key: the cipher's name follows the magic. */
function isEncrypted(label: string, body: string): boolean {
  if (label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(body)) return true;
  const bytes = Buffer.from(body, 'base64');
  if (!label.startsWith('OPENSSH') || bytes.toString('latin1', 0, OPENSSH_MAGIC.length) !== OPENSSH_MAGIC)
    return false;
  const start = OPENSSH_MAGIC.length + 4;
  const length = bytes.length < start ? 0 : bytes.readUInt32BE(OPENSSH_MAGIC.length);
  return bytes.toString('latin1', start, start + length) !== 'none';
}
