import type { Scene } from './scene.ts';

/** What a caller of backend.yml passes for previews through the GitOps repository. */
export const previewInputs = (scene: Scene): Readonly<Record<string, unknown>> => ({
  services: JSON.stringify([{ name: 'orders', context: 'orders' }]),
  'image-prefix': `${scene.registry.host}/acme`,
  registry: scene.registry.host,
  'preview-engine': 'gitops',
  domain: 'preview.example.com',
  template: 'preview',
  'gitops-repository': 'acme/gitops',
  'gitops-path': 'previews',
  'cluster-login': 'none',
  'app-client-id': scene.app.clientId,
});

/** The secret that goes with them. */
export const previewSecrets = (scene: Scene): Readonly<Record<string, string>> => ({
  'app-private-key': scene.app.privateKey,
});
