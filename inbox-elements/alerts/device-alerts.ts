const storageKey = 'parlour-alerts';

/** How notifications stand in this browser. `blocked`: the person refused them, and only the browser's own settings can change that. */
export type DeviceAlerts = 'unsupported' | 'blocked' | 'off' | 'on';

/** Chosen where storage is forbidden: lasts as long as the page. */
let chosen: boolean | null = null;

export function deviceAlerts(): DeviceAlerts {
  if (!('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && isChosen() ? 'on' : 'off';
}

/** Turns them on or off. Call it on a click: only then may a browser be asked. */
export async function chooseDeviceAlerts(on: boolean): Promise<DeviceAlerts> {
  const allowed = on && (await Notification.requestPermission()) === 'granted';
  chosen = allowed;
  try {
    if (allowed) localStorage.setItem(storageKey, 'on');
    else localStorage.removeItem(storageKey);
  } catch {
    // Forbidden or full; then the choice lasts as long as the page.
  }
  return deviceAlerts();
}

function isChosen(): boolean {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(storageKey) === 'on';
  } catch {
    // As above.
    return false;
  }
}
