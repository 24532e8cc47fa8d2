import { BlockCarousel } from './block-carousel.ts';
import { BlockForm } from './block-form.ts';
import { BlockPicture } from './block-picture.ts';
import { BlockRating } from './block-rating.ts';

/** What blocks are made of. */
export const blockElements = {
  'parlour-block-carousel': BlockCarousel,
  'parlour-block-form': BlockForm,
  'parlour-block-picture': BlockPicture,
  'parlour-block-rating': BlockRating,
};
