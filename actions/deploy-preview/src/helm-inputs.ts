import { ConfigurationError, type InputReader } from '@gitops-actions/core/action';
import { type ChartSource, passwordInUrl } from '@gitops-actions/core/kubernetes';
import { type HelmValues, parseHelmKey } from '@gitops-actions/core/preview';

/** What the engine helm installs. */
export interface HelmInputs {
  readonly source: ChartSource;
  readonly values: HelmValues;
}

/**
 * Reads the inputs of the engine helm.
 *
 * @param isNeeded whether that is the engine
 */
export function readHelmInputs(reader: InputReader, isNeeded: boolean): HelmInputs {
  const source = {
    chart: reader.textWithSecrets('chart', passwordInUrl),
    repository: reader.textWithSecrets('chart-repository', passwordInUrl),
    version: reader.text('chart-version'),
  };
  if (isNeeded && source.chart === '')
    throw new ConfigurationError('Input "chart" is empty; it is required.');
  if (source.chart.startsWith('-'))
    throw new ConfigurationError('Input "chart" starts with a dash; it must be a chart.');
  const keys = {
    image: parseHelmKey(reader.required('image-key'), 'image-key'),
    tag: parseHelmKey(reader.text('tag-key'), 'tag-key'),
    host: parseHelmKey(reader.text('host-key'), 'host-key'),
  };
  return { source, values: { files: reader.list('values-files'), text: reader.text('values'), keys } };
}
