import { AccountSettings } from './account-settings.ts';
import { ApiKeySettings } from './api-key-settings.ts';
import { ChannelSettings } from './channel-settings.ts';
import { EmbeddingSettings } from './embedding-settings.ts';
import { FormEditor } from './form-editor.ts';
import { GeneralSettings } from './general-settings.ts';
import { HoursEditor } from './hours-editor.ts';
import { InboxSettings } from './inbox-settings.ts';
import { MemberSettings } from './member-settings.ts';
import { OffHoursEditor } from './off-hours-editor.ts';
import { Settings } from './settings.ts';
import { TeammateSettings } from './teammate-settings.ts';
import { TranslationEditor } from './translation-editor.ts';
import { UnsavedDialog } from './unsaved-dialog.ts';

/** Loaded when settings are first opened: most of a team never needs them. */
export const settingsElements = {
  'parlour-settings': Settings,
  'parlour-unsaved-dialog': UnsavedDialog,
  'parlour-account-settings': AccountSettings,
  'parlour-general-settings': GeneralSettings,
  'parlour-inbox-settings': InboxSettings,
  'parlour-hours-editor': HoursEditor,
  'parlour-off-hours-editor': OffHoursEditor,
  'parlour-form-editor': FormEditor,
  'parlour-translation-editor': TranslationEditor,
  'parlour-member-settings': MemberSettings,
  'parlour-channel-settings': ChannelSettings,
  'parlour-teammate-settings': TeammateSettings,
  'parlour-api-key-settings': ApiKeySettings,
  'parlour-embedding-settings': EmbeddingSettings,
};
