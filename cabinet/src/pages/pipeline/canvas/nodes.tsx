import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartData, PartNode } from './part-node.js';

function Badges({ errors, warnings }: Pick<PartData, 'errors' | 'warnings'>) {
  const { t } = useTranslation();
  return (
    <>
      {errors > 0 && (
        <span className="trouble" role="img" aria-label={t('canvas.errors', { count: errors })}>
          {errors}
        </span>
      )}
      {warnings > 0 && (
        <span className="trouble trouble-warning" role="img" aria-label={t('canvas.warnings', { count: warnings })}>
          {warnings}
        </span>
      )}
    </>
  );
}

const PartBox = memo(function PartBox({ data }: NodeProps<PartNode>) {
  const { title, detail } = data;
  const { kind } = data.part;
  const isState = kind === 'trigger' || kind === 'errors';
  const state = data.errors > 0 ? 'error' : data.warnings > 0 ? 'warning' : 'fine';
  return (
    <div className={`part part-${kind}`} data-chosen={data.isChosen} data-state={state}>
      {!isState && <Handle type="target" position={Position.Left} id="in" isConnectable={kind !== 'step'} />}
      {kind === 'map' && <Handle type="target" position={Position.Top} id="refers" />}
      <span className="part-title">{title}</span>
      <span className="part-detail" title={detail}>
        {detail}
      </span>
      {state !== 'fine' && <Badges errors={data.errors} warnings={data.warnings} />}
      {!isState && <Handle type="source" position={Position.Right} id="out" isConnectable={kind !== 'step'} />}
    </div>
  );
});

const Frame = memo(function Frame({ data }: NodeProps<PartNode>) {
  const state = data.errors > 0 ? 'error' : data.warnings > 0 ? 'warning' : 'fine';
  return (
    <div className="frame" data-chosen={data.isChosen} data-state={state}>
      <span className="frame-title">{data.title}</span>
      {state !== 'fine' && <Badges errors={data.errors} warnings={data.warnings} />}
      <Handle type="source" position={Position.Bottom} id="referred" className="frame-handle" />
    </div>
  );
});

export const nodeTypes = { part: PartBox, frame: Frame };
