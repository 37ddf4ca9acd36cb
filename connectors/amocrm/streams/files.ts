import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { dictionary, id, moment, plain, type StreamSpec } from './spec.js';

/** Files of the account, from its file service; records and notes name them by `file_uuid`. */
export const files: StreamSpec = {
  ...dictionary('files', 'Files', '/v1.0/files', 'files', [
    plain('uuid', 'ID'),
    plain('version_uuid', 'Version'),
    plain('name', 'Name'),
    plain('type', 'Kind'),
    plain('size', 'Size in bytes', 'integer'),
    plain('mime_type', 'Media type'),
    plain('extension', 'Extension'),
    plain('download_url', 'Address for downloading'),
    id('source_id', 'Source'),
    moment('created_at', 'Created at'),
    moment('updated_at', 'Changed at'),
    moment('deleted_at', 'Deleted at'),
    plain('is_trashed', 'Is in the bin', 'boolean'),
  ]),
  key: ['uuid'],
  complete: (raw: JsonObject, record: JsonObject) => {
    const meta = isJsonObject(raw.metadata) ? raw.metadata : {};
    const download = isJsonObject(raw._links) && isJsonObject(raw._links.download) ? raw._links.download : {};
    record.mime_type = keyText(meta.mime_type);
    record.extension = keyText(meta.extension);
    record.download_url = keyText(download.href);
    delete record.metadata;
  },
};
