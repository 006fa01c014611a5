import type { Scene } from './scene.ts';

/** The service orders, and where its image goes. */
export const ordersInputs = ({ registry }: Scene): Readonly<Record<string, unknown>> => ({
  services: JSON.stringify([{ name: 'orders', context: 'orders' }]),
  'image-prefix': `${registry.host}/acme`,
});

/** What a caller of backend.yml passes for previews through the GitOps repository. */
export const previewInputs = (scene: Scene): Readonly<Record<string, unknown>> => ({
  ...ordersInputs(scene),
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
  app_private_key: scene.app.privateKey,
});
