import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { openAhead } from '../pages/pipeline/open-ahead.js';
import { shell } from './frame.js';
import { pipelineSearch } from './pipeline-search.js';
import { workSearch } from './work-search.js';

const loadPipeline = () => import('../pages/pipeline.js');

/** Pipelines, their runs and what was refused. */
export const workRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/',
    component: lazyRouteComponent(() => import('../pages/home.js'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/pipelines',
    validateSearch: pipelineSearch,
    component: lazyRouteComponent(() => import('../pages/pipelines.js'), 'Pipelines'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/pipelines/new',
    component: lazyRouteComponent(() => import('../pages/new-pipeline.js'), 'NewPipeline'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/pipelines/$id',
    validateSearch: workSearch.pipeline,
    component: lazyRouteComponent(loadPipeline, 'Pipeline'),
    loader: ({ params, cause }) => {
      if (cause === 'enter') openAhead(params.id, loadPipeline());
    },
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/runs',
    validateSearch: workSearch.runs,
    component: lazyRouteComponent(() => import('../pages/runs.js'), 'Runs'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/runs/$id',
    component: lazyRouteComponent(() => import('../pages/run.js'), 'Run'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/dead-letters',
    validateSearch: workSearch.deadLetters,
    component: lazyRouteComponent(() => import('../pages/dead-letters.js'), 'DeadLetters'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/dead-letters/$id',
    component: lazyRouteComponent(() => import('../pages/dead-letter.js'), 'DeadLetter'),
  }),
] as const;
