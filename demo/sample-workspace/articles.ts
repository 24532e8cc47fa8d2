/** The shop's knowledge base, in the words of its pages. */
export type SampleArticle = { slug: string; category: CategoryKey; title: string; text: string; published: boolean };

type CategoryKey = 'orders' | 'pieces';

export const categories: Record<CategoryKey, string> = { orders: 'Orders and parcels', pieces: 'Our pieces' };

const shipping = `Orders placed **before noon on a working day** leave our yard the next morning. Three times a week a van takes them; on the other days one of us does, by bicycle.

## What delivery costs

- Our own country: €5, in 1–2 days, free from €80
- Europe: €9, in 3–5 days, free from €120
- Everywhere else: €19, in 7–12 days, free from €200

As soon as the parcel is scanned you get a link by mail to follow it.`;

const customs = `Outside Europe your country may ask for customs duty. How much depends on what is in the box and what it is worth, so we cannot tell it in advance.

We declare everything correctly and put the invoice **outside the box**, where officers look first: that way nothing waits for us.

1. The carrier writes or rings you when something is to be paid.
2. You pay them, not us.
3. The parcel goes on, usually the next day.`;

const returns = `You have **thirty days** from the day the parcel arrives.

- The piece should be unused; the box need not be ours.
- Put the order number inside and send it to Kilnmere Stoneware, Old Ferry Yard.
- Postage back is yours, unless the fault was ours.

We refund within three days of its return, to the card or account you paid with. Banks take two or three days more.`;

const broken = `It happens to one box in two hundred, and it is our risk, not yours.

Send us a photograph **within two weeks**, here in the chat or to [hello@kilnmere.example](mailto:hello@kilnmere.example). We send another piece the same day, and you need not send the broken one back.

> Keep the shards, or plant something in them.`;

const changing = `Until the box is closed, almost everything can be changed: the address, the number of pieces, a card with your words.

Write to us with the **order number**, which begins with K and stands in your confirmation. Boxes are packed the morning after you order, from eight on.

When it has left already, we ask the carrier to send it elsewhere. That works within one country, mostly.`;

const gifts = `A gift card of ours is a **stamped clay tag** with the amount pressed into it, and a hole to hang it up by.

- Any amount from €20
- Fired like everything else, so it does not expire
- Sent by post in a small box, to you or to whoever it is for

Write to us with the amount and the words for the card. To spend it, put the number on its back into the order's note; what is left stays on it.`;

const wrapping = `Tell us in the order's note that it is a gift. We wrap it in paper from our own yard, write your words on a card by hand, and leave the prices out of the box.

Wrapping costs **€3 for each parcel**. It may go straight to whoever it is for; the invoice comes to you by mail.`;

const care = `Our stoneware is fired at 1,260 °C and takes an everyday life well.

- **Dishwasher:** yes, every day. Each glaze goes through a hundred washes before it gets into the shop.
- **Microwave:** yes, as long as the piece is not empty.
- **Oven:** yes, but put it in while the oven is cold, so that the clay warms up slowly.
- **Freezer to oven:** no. Clay does not like surprises.

Grey marks come from cutlery, not from cracks. A little baking soda on a damp cloth takes them off.`;

const teapot = `The pot itself may go into the dishwasher, **the ash handle may not**. It comes off with a quarter turn.

1. Turn the handle to the left and pull.
2. Wash the pot as you like, the handle by hand.
3. Once a year rub the handle with an oil that dries, such as linseed, and leave it for a night.

Tea stains inside come off with warm water and a spoon of citric acid.`;

const repairs = `A chip is not the end. Bring or send us any piece of ours, whatever its age.

- **Chips on the rim:** we grind and polish them, €8 a piece, in about a week.
- **Broken into few parts:** we mend it with lacquer and gold powder, from €45. It is no longer for the dishwasher then, and lovelier than before.
- **Handles, lids and spouts:** we throw new ones where we still have the glaze. Ask first, with a photograph.

We tell you the price before we begin.`;

const glazes = `Every piece is glazed by hand and stands at its own place in the kiln, so **no two are quite alike**. The pictures show the middle of what may come.

If you buy pieces that should match, say so in the note: we choose them next to each other on the shelf.`;

const seconds = `Twice a year we sell what came out of the kiln with a freckle too many. The next date is not settled yet.`;

export const articles: readonly SampleArticle[] = [
  {
    slug: 'repairs',
    category: 'pieces',
    title: 'Repairs: chips, cracks and lost lids',
    text: repairs,
    published: true,
  },
  { slug: 'glazes', category: 'pieces', title: 'Why no two pieces are alike', text: glazes, published: true },
  { slug: 'teapot', category: 'pieces', title: 'Looking after the Ember teapot', text: teapot, published: true },
  { slug: 'gift-wrapping', category: 'orders', title: 'Sending something as a gift', text: wrapping, published: true },
  { slug: 'customs', category: 'orders', title: 'Customs and duty outside Europe', text: customs, published: true },
  {
    slug: 'changing-an-order',
    category: 'orders',
    title: 'Changing or cancelling an order',
    text: changing,
    published: true,
  },
  { slug: 'seconds', category: 'pieces', title: 'The sale of seconds', text: seconds, published: false },
  { slug: 'gift-cards', category: 'orders', title: 'Gift cards', text: gifts, published: true },
  { slug: 'arrived-broken', category: 'orders', title: 'When something arrives broken', text: broken, published: true },
  {
    slug: 'care',
    category: 'pieces',
    title: 'Dishwasher, microwave, oven: caring for stoneware',
    text: care,
    published: true,
  },
  { slug: 'returns', category: 'orders', title: 'Returns and refunds', text: returns, published: true },
  {
    slug: 'shipping',
    category: 'orders',
    title: 'Shipping: how long it takes and what it costs',
    text: shipping,
    published: true,
  },
];
