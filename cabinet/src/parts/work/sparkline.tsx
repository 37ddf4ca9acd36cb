import './sparkline.css';
import { useTranslation } from 'react-i18next';
import type { PipelineLine } from '../../pipelines.js';

type Recent = PipelineLine['recent'];

const [barWidth, gap, height, least] = [6, 2, 24, 4];
const most = 12;
const width = most * (barWidth + gap) - gap;

/** The last runs as bars: as high as what they changed, in the colour of how they ended; the newest on the right. */
export function Sparkline({ runs }: { readonly runs: Recent }) {
  const { t } = useTranslation();
  const highest = Math.max(1, ...runs.map(({ changed }) => Math.log1p(changed)));
  const failed = runs.filter(({ state }) => state === 'failed').length;
  const label =
    runs.length === 0 ? t('pipelineList.noRuns') : t('pipelineList.lastRuns', { count: runs.length, failed });
  const first = most - runs.length;
  return (
    <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{label}</title>
      {runs.map(({ id, state, changed }, place) => {
        const tall = least + (Math.log1p(changed) / highest) * (height - least);
        return (
          <rect
            key={id}
            className={`spark-${state}`}
            x={(first + place) * (barWidth + gap)}
            y={height - tall}
            width={barWidth}
            height={tall}
            rx={1}
          />
        );
      })}
    </svg>
  );
}
