import type { Connector, StreamDeclaration } from '../../connectors/kit/index.js';
import type { ApiContext } from '../context.js';

/** The declarations from which forms and reference pages are drawn. */
export function describeConnectors(context: Pick<ApiContext, 'connectors'>) {
  const items = [...context.connectors.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(describe);
  return { items, next: null };
}

function describe(connector: Connector) {
  return {
    id: connector.id,
    title: connector.title,
    auth: connector.auth,
    settings: connector.settings,
    secret: connector.secret,
    lookups: connector.lookups,
    webhook: connector.webhook === null ? null : { canRegister: connector.webhook.canRegister },
    setup: connector.setup,
    hasConsent: connector.oauth !== undefined,
    facts: connector.facts,
    isLocal: connector.isLocal === true,
    streams: knownStreams(connector),
  };
}

/** Some connectors know their streams only with the settings of a connection. */
function knownStreams(connector: Connector): readonly StreamDeclaration[] | null {
  try {
    return connector.declaredStreams({});
  } catch {
    return null;
  }
}
