import { css } from 'lit';

/** `.menu` is a popover; in it `.menu-item` (a button or an option), `.menu-title`, `.menu-line`. */
export const menuStyles = css`
  .menu {
    position: fixed;
    margin: 0;
    padding: 5px;
    inline-size: 280px;
    max-inline-size: calc(100vw - 16px);
    overflow: hidden auto;
    border: 1px solid transparent;
    border-radius: var(--_radius-l);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    scrollbar-width: thin;
    opacity: 0;
    translate: 0 -4px;
    transition:
      opacity var(--_motion),
      translate var(--_motion) var(--_ease);
  }
  .menu:popover-open {
    opacity: 1;
    translate: 0;
    @starting-style {
      opacity: 0;
      translate: 0 -4px;
    }
  }
  .menu-item {
    display: flex;
    gap: 10px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 34px;
    padding: 5px 10px;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    color: var(--_text);
    text-align: start;
    cursor: pointer;
  }
  .menu-item:hover,
  .menu-item.active {
    background: var(--_hover);
  }
  .menu-item .icon {
    color: var(--_text-muted);
  }
  .menu-item .grow {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .menu-item .aside {
    flex: none;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-variant-numeric: tabular-nums;
  }
  .menu-title {
    padding: 6px 10px 4px;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 600;
  }
  .menu-line {
    block-size: 1px;
    margin: 5px 0;
    background: var(--_border);
  }
  .menu-part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    padding: 6px 10px 8px;
  }
  .menu-search {
    padding: 3px 3px 6px;
  }
  @media (pointer: coarse) {
    .menu-item {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .menu-item.active {
      border-color: Highlight;
    }
  }
`;
