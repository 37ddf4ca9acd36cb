import { isJsonObject, type JsonObject } from '../../core/json.js';
import type { HttpAnswer } from '../kit/index.js';

/** The problem document of a failed call; null where the body is a page of a server in front, or empty. */
export function problemOf(answer: HttpAnswer): JsonObject | null {
  try {
    const body = answer.json();
    return isJsonObject(body) ? body : null;
  } catch {
    return null;
  }
}
