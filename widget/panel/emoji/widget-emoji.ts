import { readEmojiMemory } from '../../../shared/ui/emoji/emoji-memory.ts';
import { toggleEmoji } from '../../../shared/ui/emoji/emoji-opener.ts';
import type { WidgetComposer } from '../composer/widget-composer.ts';
import type { WidgetPanel } from '../frame/widget-panel.ts';
import { keep, recordOf } from '../visitor-memory.ts';

/** Opens or closes the emoji of a composer, above its field: what stands in the flow lies neither over the messages nor under a keyboard. */
export function toggle(composer: WidgetComposer, button: HTMLElement): void {
  const field = composer.renderRoot.querySelector('textarea');
  if (!field) return;
  const panel = (composer.getRootNode() as ShadowRoot).host as WidgetPanel;
  const record = `${panel.configuration?.key}:emoji`;
  toggleEmoji({
    button,
    field,
    memory: readEmojiMemory(recordOf(record)),
    remember: (memory) => keep(record, JSON.stringify(memory)),
    show(picker) {
      picker.style.marginBlockEnd = '8px';
      button.parentElement?.before(picker);
      // A keyboard that comes up for its search leaves less of the panel.
      const sizes = new ResizeObserver(() => {
        if (!picker.isConnected) return sizes.disconnect();
        // Below the head and above the field.
        picker.style.blockSize = `${Math.min(320, Math.max(96, panel.clientHeight - 220))}px`;
      });
      sizes.observe(panel);
    },
  });
}
