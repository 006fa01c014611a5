import type { Log } from '@gitops-actions/core/action';
import { readTemplateFolder, type TemplateFile, unknownMarks } from '@gitops-actions/core/preview';

/** Reads the template folder, and warns of marks that look like ours and are none: they stay in the files. */
export async function readTemplate(
  folder: string,
  workspace: string,
  log: Log,
): Promise<readonly TemplateFile[]> {
  const files = await readTemplateFolder(folder, workspace);
  for (const { path, content } of files) {
    const marks = [...new Set(unknownMarks(content))];
    if (marks.length > 0) {
      log.warning(
        `${folder}/${path} holds ${marks.join(', ')}, which stands for nothing and stays as it is.`,
      );
    }
  }
  return files;
}
