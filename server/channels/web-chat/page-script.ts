import type { ChannelConfiguration, WebChatSettings } from '../../../shared/contract/channel.ts';
import { literal as simpleLiteral } from '../../../shared/state/condition-script.ts';
import { ruleScript, watchFor } from './page-rules.ts';

/** An expression that goes into a script as it is. */
class Script {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What the loader of a channel must be able to do. */
export type LoaderKind = 'plain' | 'rules' | 'choices';

export function loaderKind(configuration: ChannelConfiguration): LoaderKind {
  const { translations, greetings, greeter, launcherLabel, launcherSelector } = configuration;
  if (launcherLabel || launcherSelector || translations || greetings?.some((greeting) => greeting.translations))
    return 'choices';
  return greeter ? 'rules' : 'plain';
}

/** A channel's configuration as an expression, its rules as functions: what runs them need not carry a reader. */
export function configurationScript(
  configuration: ChannelConfiguration,
  { showWhen, greetings }: Pick<WebChatSettings, 'showWhen' | 'greetings'>,
): string {
  const { key, askConsent } = configuration;
  const channel = { key, askConsent };
  const rules = greetings.map(({ when }) => when);
  const { everyMs, watch } = watchFor([...(showWhen ? [showWhen] : []), ...rules], channel);
  return literal({
    ...configuration,
    ...(showWhen && {
      hideWhen: new Script(ruleScript('not' in showWhen ? showWhen.not : { not: showWhen }, channel)),
    }),
    ...(configuration.greetings && {
      greetings: configuration.greetings.map((greeting, index) => ({
        ...greeting,
        when: new Script(ruleScript(rules[index] ?? { any: [] }, channel)),
      })),
    }),
    ...(everyMs && { everyMs }),
    ...(watch && { watch: new Script(watch) }),
  });
}

/**
 * A value as a script would write it: without the quotes of JSON it is a twentieth less.
 */
function literal(value: unknown): string {
  if (value instanceof Script) return value.text;
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{${fields.map(([name, inner]) => `${/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name)}:${literal(inner)}`).join()}}`;
  }
  return simpleLiteral(value as string | number | boolean | null);
}
