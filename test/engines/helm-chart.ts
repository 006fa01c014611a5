import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The chart that a user of Helm would write, with a claim and a hook where the values ask for them. */
export const CHART_FILES: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'values.yaml':
    'image: {repository: "", tag: ""}\ningress: {host: ""}\nextra: ""\nclaim: false\nhook: false\n',
  'templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}}
spec:
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}}}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          env: [{name: TAG, value: {{ .Values.image.tag | quote }}}, {name: EXTRA, value: {{ .Values.extra | quote }}}]
`,
  'templates/ingress.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: {{ .Release.Name }}}
spec:
  rules:
    - host: {{ .Values.ingress.host | quote }}
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`,
  'templates/store.yaml': `{{- if .Values.claim }}
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: {{ .Release.Name }}-store}
spec:
  serviceName: store
  selector: {matchLabels: {app: {{ .Release.Name }}-store}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}-store}}
    spec: {containers: [{name: store, image: "store:1"}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
{{- end }}
`,
  'templates/hook.yaml': `{{- if .Values.hook }}
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}-hook, annotations: {"helm.sh/hook": "pre-install,pre-upgrade"}}
{{- end }}
`,
};

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
