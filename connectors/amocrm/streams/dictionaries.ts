import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { dictionary, type FieldSpec, id, moment, plain, type StreamSpec } from './spec.js';

const named: readonly FieldSpec[] = [id('id', 'ID'), plain('name', 'Name')];
const sorted: FieldSpec = plain('sort', 'Order', 'integer');

export const users = dictionary('users', 'Users', '/users', 'users', [
  ...named,
  plain('email', 'E-mail', 'email'),
  plain('lang', 'Language'),
  plain('rights', 'Rights', 'object'),
]);

export const pipelines = dictionary('pipelines', 'Pipelines', '/leads/pipelines', 'pipelines', [
  ...named,
  sorted,
  plain('is_main', 'Is the main one', 'boolean'),
  plain('is_archive', 'Is archived', 'boolean'),
]);

/** The stages won and lost have the same ids in every pipeline, so a stage is known by both ids. */
export const statuses: StreamSpec = {
  ...dictionary('statuses', 'Stages', '/leads/pipelines', 'pipelines', [
    ...named,
    id('pipeline_id', 'Pipeline'),
    plain('pipeline_name', 'Name of the pipeline'),
    plain('title', 'Pipeline and stage'),
    sorted,
    plain('type', 'Type', 'integer'),
    plain('color', 'Colour'),
    plain('is_editable', 'May be changed', 'boolean'),
  ]),
  key: ['pipeline_id', 'id'],
};

export const lossReasons = dictionary('loss_reasons', 'Reasons of loss', '/leads/loss_reasons', 'loss_reasons', [
  ...named,
  sorted,
]);

export const sources = dictionary('sources', 'Sources', '/sources', 'sources', [
  ...named,
  id('pipeline_id', 'Pipeline'),
  plain('external_id', 'External ID'),
  plain('default', 'Is the default', 'boolean'),
]);

export const taskTypes = dictionary('task_types', 'Types of tasks', '/account', 'task_types', [
  ...named,
  plain('code', 'Code'),
  plain('color', 'Colour'),
]);

export const catalogs = dictionary('catalogs', 'Catalogs', '/catalogs', 'catalogs', [
  ...named,
  plain('type', 'Type'),
  sorted,
  moment('created_at', 'Created at'),
  moment('updated_at', 'Changed at'),
]);

const tagsOf = (name: string, title: string, parents: string): StreamSpec =>
  dictionary(name, title, `/${parents}/tags`, 'tags', [...named, plain('color', 'Colour')]);

export const leadTags = tagsOf('lead_tags', 'Tags of leads', 'leads');
export const contactTags = tagsOf('contact_tags', 'Tags of contacts', 'contacts');
export const companyTags = tagsOf('company_tags', 'Tags of companies', 'companies');

/** Stages stand inside their pipelines. */
export function stagesIn(pipelineRows: readonly JsonObject[]): JsonObject[] {
  return pipelineRows.flatMap((pipeline) => {
    const list = isJsonObject(pipeline._embedded) ? pipeline._embedded.statuses : null;
    const rows = Array.isArray(list) ? list.filter(isJsonObject) : [];
    return rows.map((row) => ({
      ...row,
      pipeline_id: row.pipeline_id ?? pipeline.id ?? null,
      pipeline_name: pipeline.name ?? null,
      title: `${String(pipeline.name ?? '')} / ${String(row.name ?? '')}`,
    }));
  });
}
