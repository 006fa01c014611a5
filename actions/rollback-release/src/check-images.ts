import type { ActionContext } from '@gitops-actions/core/action';
import { askRegistry } from '@gitops-actions/core/delivery';
import type { ImageTarget } from '@gitops-actions/core/image';
import type { Undo } from './choose-good.ts';

/** Asks registries about the images to go back to; each image once, however often the edit is done again. */
export class ImageCheck {
  readonly #verify: boolean;
  readonly #context: ActionContext;
  readonly #asked = new Map<string, Promise<readonly ImageTarget[]>>();

  /** @param verify whether images must exist where nothing else needs the registry */
  constructor(verify: boolean, context: ActionContext) {
    this.#verify = verify;
    this.#context = context;
  }

  /**
   * The same with the digests that have to be written: where one stands now and none stood before.
   *
   * @throws ConfigurationError that names every image that its registry does not have
   */
  async complete(undo: readonly Undo[]): Promise<readonly Undo[]> {
    const lacking = undo.filter(lacksDigest);
    const rest = undo.filter((one) => !lacksDigest(one));
    if (this.#verify) await this.#ask(rest, 'exists');
    const resolved = await this.#ask(lacking, 'digest');
    const digests = new Map(
      resolved.map(({ reference }) => [`${reference.name}:${reference.tag}`, reference]),
    );
    return undo.map((one) => {
      const found = lacksDigest(one) ? digests.get(`${one.to.name}:${one.to.tag}`) : undefined;
      return found === undefined ? one : { ...one, to: found };
    });
  }

  #ask(undo: readonly Undo[], check: 'exists' | 'digest'): Promise<readonly ImageTarget[]> {
    const references = new Map(undo.map(({ to }) => [`${to.name}:${to.tag}@${to.digest}`, to]));
    const key = [check, ...references.keys()].join(' ');
    const images = [...references.values()].map((reference) => ({ reference, kustomizeName: undefined }));
    const asked = this.#asked.get(key) ?? askRegistry(images, check, this.#context);
    this.#asked.set(key, asked);
    return asked;
  }
}

function lacksDigest({ bad, to }: Undo): boolean {
  return to.digest === undefined && bad.some(({ digest }) => digest !== undefined);
}
