/** What a controller says when something between it, the repository and the API server does not work. */
const SIGNS = [
  'code = (?:Unavailable|DeadlineExceeded|Canceled|ResourceExhausted|Unauthenticated|PermissionDenied)',
  'connection (?:refused|reset|error)|dial tcp|i/o timeout|no such host|TLS handshake|unexpected EOF',
  'context (?:deadline exceeded|canceled)|timed? ?out|etcdserver|failed calling webhook|Internal error occurred',
  'authentication required|authorization failed|repository not found|could not read Username|exit status 128',
  'unable to (?:handle the request|return a response)|leader changed|object has been modified|client connection lost',
  'failed to (?:list refs|fetch|initialize repository)|unable to (?:access|resolve)|too many requests',
].join('|');

/** Whether a failure may have nothing to do with the manifests: it passes, or whoever runs the cluster mends it. */
export function isInfrastructure(message: string): boolean {
  return new RegExp(SIGNS, 'i').test(message);
}

const ELSEWHERE = /(?:https?|ssh|git|oci):\/\/|git@/i;

/** Whether a text names an address of another server: a base or a chart that may be away. */
export function isFromElsewhere(message: string): boolean {
  return ELSEWHERE.test(message);
}
