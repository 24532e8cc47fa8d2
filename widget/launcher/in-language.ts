import type { PageConfiguration } from './panel-port.ts';

/** A channel with what its owner wrote in the visitor's language: the page's, else the browser's. */
export function inLanguage(configuration: PageConfiguration): PageConfiguration {
  const language = (document.documentElement.lang || navigator.language).slice(0, 2);
  const { translations, greetings } = configuration;
  const spoken = {
    ...configuration,
    ...translations?.[language],
    ...(greetings && {
      greetings: greetings.map((greeting) => ({
        ...greeting,
        text: greeting.translations?.[language] ?? greeting.text,
      })),
    }),
  };
  return spoken as PageConfiguration;
}
