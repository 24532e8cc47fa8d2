/** The icons of the chat as it opens, apart from the others: those come with what draws them. */

export const sendIcon = 'M3.4 9.1 16.8 3.2l-4.3 13.6-3.1-5.7-6-2ZM9.4 11.1l3.3-3.3';
export const smileIcon = 'M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0M7 12q3 3 6 0M8 8v0M12 8v0';
export const paperclipIcon =
  'm16.6 9.5-6.5 6.4a4 4 0 0 1-5.7-5.7l6.7-6.6a2.7 2.7 0 0 1 3.8 3.8l-6.6 6.5a1.3 1.3 0 0 1-1.9-1.9l6-5.9';
export const offlineIcon =
  'm3.2 3.2 13.6 13.6M7.7 5.1A4.9 4.9 0 0 1 14.4 8a3.8 3.8 0 0 1 2.6 5.9M14 15.7H6a3.7 3.7 0 0 1-.7-7.3c0-.3.1-.6.2-.9';
export const userIcon =
  'M6.9 6.6a3.1 3.1 0 1 0 6.2 0a3.1 3.1 0 1 0-6.2 0M3.9 16.6c.4-3 2.9-4.9 6.1-4.9s5.7 1.9 6.1 4.9';
export const closeIcon = 'm5 5 10 10M15 5 5 15';
export const chevronLeftIcon = 'M12.2 4.8 7 10l5.2 5.2';
