import { readScenes } from '../scene.ts';

/** The pieces themselves: glaze, care, size, use. */
export const potsScenes = readScenes(String.raw`
@ product
> {Is the $product dishwasher safe?|Can the $product go in the dishwasher?}
< $hello, {it can|yes, every day if you like}. We test each glaze through a hundred washes before it gets into the shop.
?> {And the microwave?|Microwave too?}
?< {That too, as long as it is not empty.|Yes.}
> {Great, thanks|Thank you, ordering now.}

@ ember-teapot.html
> Is the teapot dishwasher safe?
< The pot would survive it, the ash handle would not: please wash it by hand. The handle comes off with a quarter turn.
> {OK.|Good to know. How often do I oil the handle?}
?< Once a year is plenty. Any kitchen oil that dries, linseed for example.

@ ember-teapot.html
> Does it really not drip? {Every teapot says that.|I have been lied to before.}
< Ha! We threw eleven spouts before this one. If yours drips, send it back and I {drink my tea from the saucer|owe you a mug}.
> {Sold.|Bold. I'll take one.|I admire the confidence. Ordered, $order.}
?< On its way tomorrow. Report back, please.
?> Two weeks in: not one drop.

@ ember-teapot.html
> {Is there a bigger version of the teapot?|Do you make the Ember for six cups?}
< Not yet. We tried 1.4 litres and {the lid warps in the kiln|nobody could lift it gracefully}. {Maybe in spring.|Shall I write to you when there is one?}
> {Yes please!|Please do, you have my address.}
# Interest in a large Ember: please add to the list on the wall

@ product
> {What colour is the $product really?|How close are the pictures to the real $product?} {On my screen it looks almost green.|My kitchen is quite dark.}
< Closest to {a wet pebble|the second picture}. The glaze breaks lighter on the edges, and each one a bit differently.
> Could you send a photo of one {in daylight|next to something white}?
< {Sure, give me until lunch when the sun is in the yard.|Of course, I mail you two in a minute.}
?> Got them, beautiful. {Ordering two.|That is exactly it.}

@ tide-bowl.html
> Can the Tide bowl go in the oven? {I want to do crumbles in it.|For a gratin.}
< Yes, to 220 °C. Put it into the cold oven and let it warm up with it; stoneware {dislikes surprises|only cracks from shocks}.
> {Makes sense, thanks.|Will do! Thank you.}

@ tide-bowl.html
> {Do the bowls stack?|How many Tide bowls can I stack?}
< Three without wobbling, four if nobody closes a door.
> :) {Six it is, then, in two stacks.|Thanks, I take three.}

@ moss-planter.html
> {How does the watering in the planter work?|I do not understand the hidden saucer.} {Do I need a liner?|Where does the water go?}
< You pour into the gap at the back. The inner pot stands on three feet and a wick takes up what it needs, about a week's worth.
> {Clever!|Ah, like a self-watering one.} Will my {fern|basil|little olive tree} fit? The pot is {12|13|14} cm.
< It will, up to 14 cm.
?> {Ordered.|Great.}

@ moss-planter.html
> {Can the planter stay outside in winter?|Is the Moss planter frost-proof?} {We get to minus fifteen.|I live in $city.}
< The clay is, the water in it is not: empty the saucer before the frost and it stays whole.
> {Thank you!|OK, I will remember. Probably.}

@ reed-vase.html
> {Is the Reed vase watertight?|Can I put fresh flowers in the Reed vase?}
< It is watertight, yes. The neck is narrow, 2.5 cm, so think {three tulips|a few stems} rather than a bunch.
?> {And the reeds from the picture?|Are the dried reeds included?}
?< A bunch goes into every box, cut behind our yard.
> {Lovely.|That is sweet. Thanks!}

@ hearth-mug.html
> How big is the mug exactly? {I drink a lot of coffee.|My current one is 400 ml and I am attached to the amount.}
< 350 ml to the brim, so about 300 with room for milk. Three fingers fit through the handle, {mine at least|four if you are twelve}.
> {Could you make a bigger one?|Is there a larger one?}
< {We are thinking about a 450 for the winter firing.|Not in the shop, but we throw to order from six pieces on.}
?> Tell me when it is there!
?# Wants the 450 ml mug when it exists

@ hearth-mug.html
> Is your glaze food safe? {Lead, cadmium, that sort of thing.|We have a toddler who licks everything.}
< $hello, yes. No lead and no cadmium in the whole workshop, and we have the oat glaze tested {every year|by a laboratory}. I can send you the report.
> {Please do.|Yes, I would like to read it.}
< {Sent to your address.|On its way by mail.} {Page two is the interesting one.|It is dry, but reassuring.}
> {Thank you, very reassuring.|Received, thanks!}

@ dune-plates.html
> {Can I buy the Dune plates separately?|I only want the sage one. Possible?}
< As a rule they go together, they are turned from one slab. But we have {a single sage from a set that lost its oat|two singles} in the seconds drawer, €20.
> {I'll take it!|Oh yes please. How do I order that?}
< I make an order for you. {It is $order, you can pay by the link in the mail.|Look into your mail in five minutes.}
?> Paid. Thanks $me!

@ dune-plates.html
> Does cutlery leave marks on the satin glaze? {My last plates look like a skating rink.|I know matt glazes do that.}
< Grey marks can appear after some months; that is metal from the knife, not a scratch. {A little baking soda takes it off.|Any steel cleaner removes it in seconds.}
> {Honest answer, thank you.|OK good to know.}

@ product
> {Will you have the $product again soon?|The $product is sold out?} {I wanted four.|I have been waiting since spring.}
< The next firing comes out of the kiln {on the 12th|in about three weeks}. Shall I put {some|four} aside for you?
> {Yes please, under my name.|That would be wonderful.}
# Put aside from the next firing: $qty × $product for $name
< Noted on the board. {You hear from me when the kiln is open.|I write to you before they go into the shop.}

@ collection.html
> {Do you sell seconds?|I heard that there is a seconds shelf?}
< There is, in the yard. Online we {do not, they are hard to describe honestly|put them up once a year, in January}.
> {Fair. I will visit one day!|I'll be there in January.}

@ collection.html
> {I am looking for a wedding present, around €100.|Present for my brother who has everything. Budget €$amount?} What would you give?
< How nice! {The Ember teapot with one Hearth mug is €102.|Two Tide bowls and a Reed vase is €110 and looks like a still life.} We wrap in {linen|grey paper with a reed}, and a card is free.
> {What can go on the card?|And the card?}
< Whatever you like, I write it by hand. {Keep it under forty words, my handwriting gets worse.|Ink, not printed.}
> {"To many slow mornings." Order is $order.|I will think about the words and write tomorrow.}
?# Card for $order by hand, text in this thread

@ product
> Which clay do you use for the $product? {I pot a little myself.|Asking as a hobby potter.}
< $hello, colleague! It comes from a pit forty kilometres away, iron-rich, fires to 1240. We wedge in a fifth of {sand|grog} for the big pieces.
> {Do you sell the clay?|What about the glaze, ash?}
< {We don't, but the pit does. I can send you the name.|Ash from the bakery next door, feldspar, and a secret that is mostly patience.}
> {Would love that.|Ha, thank you. Respect for the plates!}

@ product
> Do the $product and the $other go together? {In the pictures they look like different whites.|Colour-wise, I mean.}
< They share the clay, so the {freckles|bare rims} match. The glazes are cousins rather than twins.
> {Good enough for me.|I like cousins. Thanks!}

@ about.html
> {Can I visit the workshop?|Do you do tours?} {We are in the area next week.|With two children, if that is ok.}
< Please do! Any working day from nine to five, though {Thursday is glazing and nobody talks|Monday is throwing and it is the most fun to watch}.
> {Monday then!|We'll come Wednesday morning.}
?< See you then. Wear something that may get dusty.

@ about.html
> {Do you give pottery classes?|Any courses this winter?}
< We had to stop, the kiln is full until {March|spring}. There is a list, though. Shall I add you?
> {Yes please. Two persons.|Please do!}
# Class list: $name
`);
