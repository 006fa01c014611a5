/** What a team replaces in monorepo.yml that delivers to dev, tells Slack and rolls back. */
export const VALUES = {
  'docker build --target test .': 'test -s Dockerfile',
  'apps/shop/overlays/staging': 'apps/shop/overlays/dev',
  'environment: staging': 'environment: dev',
  'application: shop #': 'application: shop-dev #',
  'rollback: true': 'rollback: true\n      slack-channel: C123',
  '{{ secrets.DEPLOY_KUBECONFIG }}':
    '{{ secrets.DEPLOY_KUBECONFIG }}\n      slack_token: ${{ secrets.SLACK_TOKEN }}',
};
/** The end of a tag tells the cluster what becomes of its pods. */
export const BROKEN = {
  ...VALUES,
  'preview-engine: gitops': 'format: v1.0.{{run_number}}-{{sha}}-crash-loop\n      preview-engine: gitops',
};
/** What it replaces in promote.yml. */
export const PROMOTION = {
  'engine: argocd': 'slack-channel: C123\n      engine: argocd',
  '{{ secrets.DEPLOY_KUBECONFIG }}': VALUES['{{ secrets.DEPLOY_KUBECONFIG }}'],
};
