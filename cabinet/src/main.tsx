import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './pages.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import i18n, { startSpeaking } from './i18n.js';
import { queries } from './queries.js';
import { router } from './router.js';

const theme = createTheme({ primaryColor: 'cyan', primaryShade: { light: 9, dark: 9 }, defaultRadius: 'md' });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The files of the page that is opened: they come beside its words, not after them. */
function loadPage(): void {
  const { pathname, search } = router.latestLocation;
  for (const { routeId } of router.matchRoutes(pathname, search)) {
    // A file that does not come is told by the page itself.
    void router.loadRouteChunk(router.routesById[routeId])?.catch(() => null);
  }
}

async function start(): Promise<void> {
  loadPage();
  await startSpeaking();
  document.documentElement.lang = i18n.language;
  const root = document.getElementById('root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <Notifications />
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();
