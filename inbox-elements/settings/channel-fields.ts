import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult, noChange } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { defaultWebChatSettings, launcherIcon } from '../../shared/contract/channel.ts';
import type { LauncherIcon, WebChatSettings } from '../../shared/contract/channel.ts';
import type { CopyButton } from '../snippet/copy-button.ts';
import { describedBy, field, inputField } from '../form/field.ts';
import type { FieldFrame } from '../form/field.ts';
import { greetingRuleOf, greetingsOf, showRuleOf, showWhenOf } from './channel-rules.ts';
import { channelTranslations, channelWords, wordsFrom } from './channel-words.ts';
import { greetingIds } from './greeting-ids.ts';
import type { TranslationEditor, Translations } from './translation-editor.ts';

type Errors = Readonly<Record<string, string>>;

export function area(frame: FieldFrame, value: string, maxlength?: number): TemplateResult {
  return field(
    frame,
    html`<textarea
      class="input"
      id=${frame.name}
      name=${frame.name}
      rows="2"
      maxlength=${ifDefined(maxlength)}
      aria-invalid=${frame.error ? 'true' : 'false'}
      aria-describedby=${ifDefined(describedBy(frame))}
      .value=${value}
    ></textarea>`,
  );
}

function select(frame: FieldFrame, options: readonly (readonly [string, string])[], chosen: string): TemplateResult {
  return field(
    frame,
    html`<select class="input" id=${frame.name} name=${frame.name}>
      ${options.map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select>`,
  );
}

function amount(frame: FieldFrame, value: string | number, max: number): TemplateResult {
  return field(
    frame,
    html`<input
      class="input"
      type="number"
      id=${frame.name}
      name=${frame.name}
      min="0"
      max=${max}
      aria-invalid=${frame.error ? 'true' : 'false'}
      aria-describedby=${ifDefined(describedBy(frame))}
      .value=${String(value)}
    />`,
  );
}

function check(name: string, label: string, checked: boolean): TemplateResult {
  return html`<label class="checkbox">
    <input type="checkbox" name=${name} .checked=${checked} />${label}
  </label>`;
}

const iconWords: Record<LauncherIcon, () => string> = {
  chat: () => msg('Speech bubble'),
  question: () => msg('Question mark'),
  envelope: () => msg('Envelope'),
  heart: () => msg('Heart'),
};

/** How the launcher and the chat's head look, beside colour and position. */
export function lookFields(settings: WebChatSettings, errors: Errors): TemplateResult {
  return html`<div class="two">
      ${inputField({
        name: 'launcherLabel',
        label: msg('Launcher text'),
        // No maxlength: what is too long is said, rather than cut off unseen.
        hint: msg('Up to 30 characters. Leave empty to show only the icon.'),
        value: settings.launcherLabel ?? '',
        error: errors['launcherLabel'],
      })}
      ${select(
        { name: 'launcherIcon', label: msg('Icon') },
        launcherIcon.options.map((icon) => [icon, iconWords[icon]()]),
        settings.launcherIcon,
      )}
    </div>
    <div class="two">
      ${amount({ name: 'offsetInline', label: msg('Side offset (px)'), error: errors['offsetInline'] }, settings.offsetInline, 400)}
      ${amount({ name: 'offsetBlock', label: msg('Bottom offset (px)'), error: errors['offsetBlock'] }, settings.offsetBlock, 400)}
    </div>
    ${inputField({
      name: 'logoUrl',
      label: msg('Logo URL'),
      type: 'url',
      hint: msg(
        'An image served over https. If your site has a Content-Security-Policy, allow the image’s host in img-src.',
      ),
      value: settings.logoUrl ?? '',
      maxlength: 500,
      error: errors['logoUrl'],
    })}`;
}

/** What visitors find when they open the chat. */
export function welcomeFields(settings: WebChatSettings, errors: Errors): TemplateResult {
  return html`<h4>${msg('Welcome')}</h4>
    ${area(
      {
        name: 'greeting',
        label: msg('Welcome message'),
        hint:
          settings.greeting === defaultWebChatSettings.greeting
            ? msg(
                'The first thing visitors see when the chat opens. Plain text. Leave it as it is, and they read it in their language.',
              )
            : msg('The first thing visitors see when the chat opens. Plain text.'),
        error: errors['greeting'],
      },
      settings.greeting,
      300,
    )}
    <div class="inline-choices">
      ${check('showFaces', msg('Show team avatars'), settings.showFaces)}
      ${check('startAtHome', msg('Open on the home screen'), settings.startAtHome)}
    </div>`;
}

/** What the owner wrote, in other languages. @param words as the form stands, so that what is being written can be translated too */
export function translationFields(saved: Translations | typeof noChange, words: WebChatSettings): TemplateResult {
  return html`<h4>${msg('Translations')}</h4>
  <parlour-translation-editor
    label=${msg('Language')}
    .texts=${channelWords(words)}
    .translations=${saved}
  ></parlour-translation-editor>`;
}

/** Whether visitors are asked before anything is kept in their browser. */
export function consentFields(settings: WebChatSettings, errors: Errors): TemplateResult {
  return html`<h4>${msg('Consent')}</h4>
    ${check('askConsent', msg('Ask for consent before storing anything in the visitor’s browser'), settings.askConsent)}
    ${
      settings.askConsent
        ? html`${area(
            {
              name: 'consentText',
              label: msg('Consent text'),
              hint: msg('Leave empty for the built-in text, in the visitor’s language.'),
              error: errors['consentText'],
            },
            settings.consentText,
            600,
          )}
          ${inputField({
            name: 'privacyUrl',
            label: msg('Privacy policy URL'),
            type: 'url',
            placeholder: 'https://',
            value: settings.privacyUrl ?? '',
            maxlength: 2048,
            error: errors['privacyUrl'],
          })}`
        : nothing
    }`;
}

const beyond = (): TemplateResult =>
  html`<p class="lead">${msg('This rule was made through the API and cannot be edited here. It stays as it is.')}</p>`;

/** Where the launcher shows, and what it says by itself. */
export function ruleFields(settings: WebChatSettings, errors: Errors, copy: CopyButton): TemplateResult {
  const shows = showRuleOf(settings.showWhen);
  const greeting = greetingRuleOf(settings.greetings);
  return html`<h4>${msg('Visibility')}</h4>
    ${
      shows
        ? html`<div class="two">
            ${area(
              {
                name: 'showOn',
                label: msg('Show only on these pages'),
                hint: msg('One path or URL per line, such as /shop*. Leave empty for all pages.'),
                error: errors['showWhen'],
              },
              shows.showOn,
            )}
            ${area({ name: 'hideOn', label: msg('Hide on these pages'), hint: msg('Such as /checkout*.') }, shows.hideOn)}
          </div>
          ${select(
            { name: 'device', label: msg('Devices') },
            [
              ['', msg('All devices')],
              ['desktop', msg('Desktop and tablet')],
              ['phone', msg('Phones')],
            ],
            shows.device,
          )}
          ${check('whileOpen', msg('Show only during opening hours'), shows.whileOpen)}`
        : beyond()
    }
    ${inputField({
      name: 'launcherSelector',
      label: msg('Custom launcher (CSS selector)'),
      hint: msg(
        'Such as #help or .chat-button. A click on a matching element opens the chat; the usual launcher is hidden.',
      ),
      value: settings.launcherSelector ?? '',
      maxlength: 200,
      error: errors['launcherSelector'],
    })}
    ${area(
      {
        name: 'allowedOrigins',
        label: msg('Allowed sites'),
        hint: msg(
          'One per line, such as https://shop.example or https://*.shop.example. Leave empty to allow every site.',
        ),
        error: errors['allowedOrigins'],
      },
      settings.allowedOrigins.join('\n'),
    )}
    <h4>${msg('Proactive greeting')}</h4>
    ${
      greeting
        ? html`${area(
            {
              name: 'greetingText',
              label: msg('Greeting message'),
              hint: msg(
                'Appears beside the launcher once every condition below is met. Visitors who close it do not see it again. Plain text. Leave empty for none.',
              ),
              error: errors['greetings'],
            },
            greeting.text,
            300,
          )}
            <div class="two">
              ${amount({ name: 'greetingSeconds', label: msg('Seconds on the page') }, greeting.seconds, 3600)}
              ${amount({ name: 'greetingScroll', label: msg('Scroll depth (%)') }, greeting.scroll, 100)}
            </div>
            ${area({ name: 'greetingPages', label: msg('On these pages'), hint: msg('One path or URL per line. Leave empty for all pages.') }, greeting.pages)}
            <div class="inline-choices">
              ${check('greetingLeaving', msg('On exit intent (the pointer leaves the page)'), greeting.leaving)}
              ${check('greetingReturning', msg('Only for returning visitors'), greeting.returning)}
            </div>`
        : beyond()
    }
    ${greetingIds(settings.greetings, copy)}`;
}

/** What the form says, as settings. What it has no fields for is left out, and stays. */
export function settingsFrom(form: HTMLFormElement, saved: WebChatSettings): Partial<WebChatSettings> {
  const data = new FormData(form);
  const text = (name: string): string => String(data.get(name) ?? '').trim();
  const device = text('device');
  const editor = form.querySelector<TranslationEditor>('parlour-translation-editor');
  const words = wordsFrom(editor?.value ?? channelTranslations(saved));
  return {
    // Asked of the field: at the moment the default is given up it is still disabled, and not in the data.
    color: data.has('ownColor') ? null : form.querySelector<HTMLInputElement>('[name="color"]')!.value,
    position: text('position') === 'left' ? 'left' : 'right',
    launcherLabel: text('launcherLabel') || null,
    launcherIcon: launcherIcon.options.find((icon) => icon === text('launcherIcon')) ?? 'chat',
    offsetInline: Number(text('offsetInline')),
    offsetBlock: Number(text('offsetBlock')),
    launcherSelector: text('launcherSelector') || null,
    logoUrl: text('logoUrl') || null,
    showFaces: data.has('showFaces'),
    startAtHome: data.has('startAtHome'),
    greeting: String(data.get('greeting')),
    translations: words.translations,
    askConsent: data.has('askConsent'),
    ...(data.has('consentText') && { consentText: text('consentText'), privacyUrl: text('privacyUrl') || null }),
    ...(data.has('showOn') && {
      showWhen: showWhenOf({
        showOn: text('showOn'),
        hideOn: text('hideOn'),
        device: device === 'phone' || device === 'desktop' ? device : '',
        whileOpen: data.has('whileOpen'),
      }),
    }),
    ...(data.has('greetingText') && {
      greetings: greetingsOf(
        {
          text: text('greetingText'),
          seconds: text('greetingSeconds'),
          scroll: text('greetingScroll'),
          pages: text('greetingPages'),
          leaving: data.has('greetingLeaving'),
          returning: data.has('greetingReturning'),
        },
        saved.greetings[0]?.id ?? crypto.randomUUID().slice(0, 8),
        words.message,
      ),
    }),
    allowedOrigins: text('allowedOrigins')
      .split(/[\s,]+/)
      .filter(Boolean),
  };
}
