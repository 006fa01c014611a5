const STORAGE_CLASS = 'standard';

/** The default class of claims. Nothing provisions volumes here: a claim is bound to one of those that are there. */
const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: STORAGE_CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
};

/** Manifests of volumes of 10 GiB that claims without a class are bound to; a volume is used once. */
export const volumes = (count: number): object[] => [
  storageClass,
  ...Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `volume-${index}` },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: STORAGE_CLASS,
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: `/nonexistent/volume-${index}` },
    },
  })),
];
