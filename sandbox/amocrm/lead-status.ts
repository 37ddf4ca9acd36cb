import { type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError } from './answers.js';
import type { StoredFields } from './fields.js';
import { LOST, WON } from './pipelines.js';
import type { AmoStore } from './store.js';

/** Where a lead stands after a write, or what is wrong with the place that was asked for. */
export function placeOfLead(
  store: AmoStore,
  before: JsonObject | undefined,
  given: JsonObject,
): JsonObject | FieldError {
  const { pipelines, settings } = store;
  const [askedPipeline, askedStatus] = [own(given, 'pipeline_id'), own(given, 'status_id')];
  if (before !== undefined && askedPipeline === undefined && askedStatus === undefined) return {};
  const statusId = askedStatus === undefined ? undefined : Number(askedStatus);
  const own_ = statusId === undefined ? undefined : pipelines.pipelineOf(statusId);
  const held = before === undefined ? undefined : pipelines.get(Number(before.pipeline_id));
  const pipeline =
    askedPipeline === undefined ? (own_ ?? held ?? pipelines.main) : pipelines.get(Number(askedPipeline));
  if (pipeline === undefined) return errors.choice('pipeline_id');
  const status =
    statusId === undefined ? pipelines.firstStatus(pipeline) : pipeline.statuses.find(({ id }) => id === statusId);
  if (status === undefined) return errors.choice('status_id');
  if (status.type === 1 && settings.unsorted_writes === 'refused') return errors.choice('status_id');
  return { pipeline_id: pipeline.id, status_id: status.id };
}

/** `closed_at` follows the status; a reason belongs to lost leads alone. */
export function closingOf(store: AmoStore, after: JsonObject, given: JsonObject): JsonObject | FieldError {
  const isClosed = after.status_id === WON || after.status_id === LOST;
  const reason = own(given, 'loss_reason_id');
  if (reason !== undefined && reason !== null) {
    const isKnown = store.pipelines.lossReasons.some(({ id }) => id === reason);
    if (!isKnown || after.status_id !== LOST) return errors.choice('loss_reason_id');
  }
  return {
    closed_at: isClosed ? (own(given, 'closed_at') ?? own(after, 'closed_at') ?? store.now()) : null,
    loss_reason_id: after.status_id === LOST ? (own(after, 'loss_reason_id') ?? null) : null,
  };
}

/** Fields that the lead's status needs and that are empty. */
export function missingRequired(store: AmoStore, after: JsonObject, fields: StoredFields): FieldError[] {
  if (store.settings.required_statuses === 'shown') return [];
  return store.fields
    .list('leads')
    .filter(
      (field) =>
        fields[field.id] === undefined &&
        field.requiredStatuses.some((at) => at.pipeline_id === after.pipeline_id && at.status_id === after.status_id),
    )
    .map((field) => errors.missing(`custom_fields_values.${field.id}`));
}
