/**
 * The icon set: outlines on a 20 × 20 grid, 1.6 stroke, round ends, drawn for this product. Each is the data of one
 * path, a plain string, so that a bundle carries only those it imports and the launcher can draw them without Lit.
 * Draw with icon() of icon.ts.
 */
export * from './first-icons.ts';

// Conversation
export const chatBubbleIcon =
  'M10 3.2c4 0 7.2 2.7 7.2 6.2s-3.2 6.2-7.2 6.2c-.9 0-1.7-.1-2.5-.4L3.9 16.8l.8-3.1C3.5 12.6 2.8 11.1 2.8 9.4c0-3.5 3.2-6.2 7.2-6.2Z';
export const replyIcon = 'M7.8 5 3.2 9.5l4.6 4.5M3.6 9.5h7.2c3.3 0 5.6 2 5.9 5.6';
export const noteIcon =
  'M5 3.2h10a1.8 1.8 0 0 1 1.8 1.8v6.6l-5.2 5.2H5A1.8 1.8 0 0 1 3.2 15V5A1.8 1.8 0 0 1 5 3.2ZM16.6 11.8h-3.2a1.8 1.8 0 0 0-1.8 1.8v3M6.6 7.2h6.8M6.6 10.4h3';
export const unreadIcon =
  'M17.1 10.4c-.5 3-3.5 5.2-7.1 5.2-.9 0-1.7-.1-2.5-.4L3.9 16.8l.8-3.1C3.5 12.6 2.8 11.1 2.8 9.4c0-3.5 3.2-6.2 7.2-6.2.5 0 1 0 1.4.1M14.3 5.4a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M15.8 5.4v0';
export const retryIcon = 'M16.4 10a6.4 6.4 0 1 1-1.9-4.6l2.1 2M16.8 3.8v3.8H13';

// State
export const checkIcon = 'm4 10.6 3.9 3.9L16 6';
export const checkDoubleIcon = 'm1.8 10.8 3.5 3.5 7.2-8M9.7 13.6l.8.7 7.7-8.2';
export const clockIcon = 'M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0-14.4 0M10 6v4.2l2.7 1.7';
export const snoozeIcon = 'M9.4 3.4a6.9 6.9 0 1 0 7.3 9.1M12.3 3.2h4.4l-4.4 5.2h4.4M6.8 9.3h3.2l-3.2 3.9H10';
export const openIcon =
  'M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0-14.4 0M8.3 10a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0';
export const reopenIcon = 'M5.2 4.6V8h3.4M5.5 7.8a6.4 6.4 0 1 1-1.8 3.7M8.3 10.9l1.5 1.5 2.7-2.9';
export const closedIcon = 'M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0-14.4 0M6.9 10.3l2.2 2.2 4.2-4.7';
export const alertIcon =
  'M10 3.3c.5 0 1 .3 1.3.8l5.6 9.9c.6 1-.1 2.3-1.3 2.3H4.4c-1.2 0-1.9-1.3-1.3-2.3L8.7 4.1c.3-.5.8-.8 1.3-.8ZM10 7.8v3.2M10 13.6v.1';
export const onlineIcon = 'M6.2 15.7a3.7 3.7 0 0 1-.8-7.3 4.9 4.9 0 0 1 9.4-.9 4.1 4.1 0 0 1-.6 8.2Z';

// People and places
export const usersIcon =
  'M4.8 6.9a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0M2 16.2c.3-2.7 2.6-4.5 5.6-4.5s5.3 1.8 5.6 4.5M12.7 4.2a2.8 2.8 0 0 1 0 5.4M15 12.2c1.7.6 2.8 2 3 4';
export const inboxIcon =
  'M3 11.2h3.6c.3 0 .6.2.7.5l.6 1.2c.1.3.4.5.7.5h2.8c.3 0 .6-.2.7-.5l.6-1.2c.1-.3.4-.5.7-.5H17M3 11.2l1.9-6.1c.2-.8.9-1.3 1.7-1.3h6.8c.8 0 1.5.5 1.7 1.3L17 11.2v3.4a1.8 1.8 0 0 1-1.8 1.8H4.8A1.8 1.8 0 0 1 3 14.6Z';
export const archiveIcon =
  'M3.8 3.8h12.4c.5 0 .8.4.8.8v2c0 .5-.3.8-.8.8H3.8A.8.8 0 0 1 3 6.6v-2c0-.4.3-.8.8-.8ZM4.3 7.4v7.2c0 .9.7 1.6 1.6 1.6h8.2c.9 0 1.6-.7 1.6-1.6V7.4M8.2 10.6h3.6';

// Channels
export const webChatIcon =
  'M4.6 3.6h10.8A1.8 1.8 0 0 1 17.2 5.4v7.2a1.8 1.8 0 0 1-1.8 1.8h-4.6L7 17v-2.6H4.6a1.8 1.8 0 0 1-1.8-1.8V5.4a1.8 1.8 0 0 1 1.8-1.8ZM6.8 9v.1M10 9v.1M13.2 9v.1';
export const mailIcon =
  'M4.4 4.4h11.2A1.6 1.6 0 0 1 17.2 6v8a1.6 1.6 0 0 1-1.6 1.6H4.4A1.6 1.6 0 0 1 2.8 14V6a1.6 1.6 0 0 1 1.6-1.6ZM3.2 5.6l5.7 4.5a1.8 1.8 0 0 0 2.2 0l5.7-4.5';
export const phoneIcon =
  'M6.9 3.4 8.3 6.6a1 1 0 0 1-.3 1.2L6.6 9c.9 1.9 2.5 3.5 4.4 4.4l1.2-1.4a1 1 0 0 1 1.2-.3l3.2 1.4c.4.2.6.6.5 1-.3 1.6-1.4 2.7-3.1 2.6C8.4 16.3 3.7 11.6 3.3 6 3.2 4.3 4.3 3.2 5.9 2.9c.4-.1.8.1 1 .5Z';
export const globeIcon =
  'M2.8 10a7.2 7.2 0 1 0 14.4 0a7.2 7.2 0 1 0-14.4 0M2.9 10h14.2M10 2.8c2 2 3 4.4 3 7.2s-1 5.2-3 7.2c-2-2-3-4.4-3-7.2s1-5.2 3-7.2Z';

// Moving about
export const minimiseIcon = 'M4.5 14.5h11';
export const plusIcon = 'M10 4.2v11.6M4.2 10h11.6';
export const chevronRightIcon = 'M7.8 4.8 13 10l-5.2 5.2';
export const chevronDownIcon = 'M4.8 7.6 10 12.8l5.2-5.2';
export const externalIcon =
  'M11.4 3.6h5v5M16 4l-7 7M14.6 11.6v3.2a1.6 1.6 0 0 1-1.6 1.6H5.2a1.6 1.6 0 0 1-1.6-1.6V7a1.6 1.6 0 0 1 1.6-1.6h3.2';
export const moreIcon =
  'M3.9 10a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M9.5 10a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0M15.1 10a.5.5 0 1 0 1 0a.5.5 0 1 0-1 0';
export const searchIcon = 'M3.2 8.8a5.6 5.6 0 1 0 11.2 0a5.6 5.6 0 1 0-11.2 0M12.9 12.9l4 4';
export const copyIcon =
  'M8.4 6.8h6.8c.9 0 1.6.7 1.6 1.6v6.8c0 .9-.7 1.6-1.6 1.6H8.4c-.9 0-1.6-.7-1.6-1.6V8.4c0-.9.7-1.6 1.6-1.6ZM13.2 6.6V4.8c0-.9-.7-1.6-1.6-1.6H4.8c-.9 0-1.6.7-1.6 1.6v6.8c0 .9.7 1.6 1.6 1.6h1.8';
export const settingsIcon =
  'M3 6h7.2M14.4 6H17M3 14h2.6M9.8 14H17M10.2 6a2.1 2.1 0 1 0 4.2 0a2.1 2.1 0 1 0-4.2 0M5.6 14a2.1 2.1 0 1 0 4.2 0a2.1 2.1 0 1 0-4.2 0';
export const signOutIcon =
  'M8 3.6H5.4a1.8 1.8 0 0 0-1.8 1.8v9.2a1.8 1.8 0 0 0 1.8 1.8H8M12.8 6.4l3.6 3.6-3.6 3.6M16 10H8';
export const sunIcon =
  'M6.8 10a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0M10 2.4v1.4M10 16.2v1.4M2.4 10h1.4M16.2 10h1.4M4.6 4.6l1 1M14.4 14.4l1 1M4.6 15.4l1-1M14.4 5.6l1-1';
export const moonIcon = 'M16.8 11.7A7 7 0 1 1 8.3 3.2a5.6 5.6 0 0 0 8.5 8.5Z';
