export { checkService, durationMs, parseService } from './service/check.js';
export {
  type Service,
  type ServiceBatch,
  type ServiceField,
  type ServiceFind,
  type ServiceRead,
  type ServiceStream,
  type ServiceWrite,
  serviceSchema,
} from './service/schema.js';
