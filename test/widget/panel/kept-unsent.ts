import { ownerName, visitorRecord } from '../../../widget/panel/visitor-memory.ts';
import { until } from '../../page.ts';

/** Waits until so much of what the page has sent and does not know to be taken would outlive it. */
export async function keptUnsent(count: number): Promise<void> {
  const owned = async (): Promise<number> => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'parlour:ch_sample')) return 0;
    const opening = indexedDB.open('parlour:ch_sample');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const asked = opening.result.transaction('unsent').objectStore('unsent').getAllKeys();
    await new Promise((resolve) => (asked.onsuccess = resolve));
    opening.result.close();
    return asked.result.filter((key) => String(key).startsWith(ownerName('ch_sample', visitorRecord('ch_sample'))))
      .length;
  };
  await until(async () => (await owned()) === count, `${count} are kept`);
}
