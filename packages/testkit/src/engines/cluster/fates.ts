export interface Fate {
  readonly event: { readonly reason: string; readonly message: string };
  /** YAML of a container's status, indented by two. */
  readonly container: string;
  readonly phase: string;
}

/** How a pod ends up that does not become ready. Each is what a kubelet writes in that case. */
export const FATES: Readonly<Record<string, Fate>> = {
  'never-ready': {
    event: { reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 503' },
    container: 'started: true\n  restartCount: 0\n  state: {running: {startedAt: {{ $now | Quote }}}}',
    phase: 'Running',
  },
  'image-pull': {
    event: { reason: 'Failed', message: 'Error: ImagePullBackOff' },
    container: `started: false
  restartCount: 0
  state: {waiting: {reason: ImagePullBackOff, message: {{ printf "Back-off pulling image %q" .image | Quote }}}}`,
    phase: 'Pending',
  },
  'crash-loop': {
    event: { reason: 'BackOff', message: 'Back-off restarting failed container' },
    container: `started: false
  restartCount: 4
  lastState: {terminated: {exitCode: 1, reason: Error, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}}
  state: {waiting: {reason: CrashLoopBackOff, message: {{ printf "back-off 40s restarting failed container=%s" .name | Quote }}}}`,
    phase: 'Running',
  },
  failed: {
    event: { reason: 'Failed', message: 'Error: the container exited with code 1' },
    container: `started: false
  restartCount: 0
  state: {terminated: {exitCode: 1, reason: Error, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}}`,
    phase: 'Failed',
  },
};

/** Go template of the pod's status. */
export const statusTemplate = ({ container, phase }: Fate): string => `{{ $now := Now }}
conditions:
- {type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }}}
- {type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: {{ $now | Quote }}}
- {type: ContainersReady, status: "False", reason: ContainersNotReady, lastTransitionTime: {{ $now | Quote }}}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  ${container}
{{ end }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName false ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}
phase: ${phase}
startTime: {{ $now | Quote }}
`;
