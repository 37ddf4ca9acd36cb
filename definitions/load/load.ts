import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../../core/failures.js';
import { textLimits } from '../text/limits.js';

/** A definition as it stands in its file. */
export interface LoadedText {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a definition's text; checking it is another step. Throws `definition/not_found` where there is no readable
 * file, `definition/invalid` where it is not UTF-8 text or too large to be a definition.
 */
export async function loadDefinition(path: string): Promise<LoadedText> {
  const bytes = await readBounded(path);
  if (bytes.length > textLimits.bytes) {
    throw new Failure('definition/invalid', {
      message: `The file \`${path}\` is larger than ${textLimits.bytes / 1024} KB.`,
      hint: 'Split it into several pipelines, or move large value tables to a stream.',
      where: { file: path },
    });
  }
  try {
    return { file: path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes) };
  } catch {
    throw new Failure('definition/invalid', {
      message: `The file \`${path}\` is not UTF-8 text.`,
      hint: 'Save it as UTF-8.',
      where: { file: path },
    });
  }
}

/** Declarative services of a folder, by their id (the file name). The `http` connector checks their texts. */
export async function loadServices(folder: string): Promise<ReadonlyMap<string, LoadedText>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^[a-z][a-z0-9-]*\.ya?ml$/.test(name)).sort();
  const services = new Map<string, LoadedText>();
  for (const name of names)
    services.set(basename(name).replace(/\.ya?ml$/, ''), await loadDefinition(join(folder, name)));
  return services;
}

/** One byte more than a definition may have is enough to tell that it is too large. */
async function readBounded(path: string): Promise<Uint8Array> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw notFound(path, error);
  }
  try {
    const buffer = new Uint8Array(textLimits.bytes + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } catch (error) {
    throw notFound(path, error);
  } finally {
    await file.close();
  }
}

function notFound(path: string, cause: unknown): Failure {
  const code = typeof cause === 'object' && cause !== null ? (cause as { code?: unknown }).code : undefined;
  const reason = code === 'EACCES' ? 'may not be read' : code === 'EISDIR' ? 'is a folder' : 'does not exist';
  return new Failure('definition/not_found', {
    message: `The definition \`${path}\` ${reason}.`,
    hint: 'Give the path of a YAML file, or the id of a published pipeline.',
    where: { file: path },
    cause,
  });
}
