import type { Cluster } from '@gitops-actions/testkit';

/** Moves a record's times into the past, by seconds. */
export async function age(cluster: Cluster, namespace: string, name: string, seconds: number): Promise<void> {
  const map = await cluster.get<{ data: Record<string, string> }>('configmap', namespace, name);
  const record = map?.data['preview.yaml'] ?? '';
  const earlier = record.replace(
    /^(deployed|expires): "(\d+)"$/gm,
    (_, key: string, at: string) => `${key}: "${Number(at) - seconds}"`,
  );
  const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
  await cluster.api.patch(path, { data: { 'preview.yaml': earlier } });
}
